// Structured, levelled logging with redaction. Thread-safe. Every line names the part of the daemon
// that speaks. Secrets registered with keep_secret never appear: each occurrence is replaced.
#pragma once
#include <string>
#include <string_view>

namespace hearth::log {

enum class level { debug, info, warn, error };
enum class format { text, json };

/// Sets what is written to standard error from now on.
void configure(level least, format form);

/// Never print this value: it is replaced by "[redacted]" wherever it would appear. Values shorter
/// than 6 characters are ignored, for they would blank ordinary words. At most 4,096 are kept.
void keep_secret(std::string value);

/// A line by part, e.g. write(level::warn, "rtmp", "publisher refused: unknown key").
void write(level at, std::string_view part, std::string_view message);

inline void debug(std::string_view part, std::string_view message) {
  write(level::debug, part, message);
}
inline void info(std::string_view part, std::string_view message) {
  write(level::info, part, message);
}
inline void warn(std::string_view part, std::string_view message) {
  write(level::warn, part, message);
}
inline void error(std::string_view part, std::string_view message) {
  write(level::error, part, message);
}

/// Hostile text made fit for a log line: control characters escaped, cut at limit bytes.
std::string printable(std::string_view text, std::size_t limit = 200);

/// The message with every registered secret replaced; what write() applies.
std::string redact(std::string_view message);

}  // namespace hearth::log
