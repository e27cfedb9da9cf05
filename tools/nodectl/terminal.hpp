// Text for a person at a terminal: tables, and hostile strings made harmless.
#pragma once
#include <boost/json/value.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::nodectl {

/// Control characters, invisible direction marks and bytes that are no UTF-8 become \x.., so that
/// nobody's text can command the terminal. keep_lines lets newlines and tabs through.
std::string harmless(std::string_view text, bool keep_lines = false);

/// The field of an object as text: "" when absent or null, numbers and booleans in words.
std::string text_of(const boost::json::value& of, std::string_view key);
double number_of(const boost::json::value& of, std::string_view key);

/// "1.5 MiB"
std::string size_text(double bytes);
/// "2 h 5 min"
std::string duration_text(double seconds);

/// Columns as wide as their widest cell; cells longer than 60 characters are cut.
class table {
 public:
  explicit table(std::vector<std::string> titles) : rows_{std::move(titles)} {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void print(std::ostream& to) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// "name:  value" lines, with the values under each other; empty values are left out.
void print_fields(std::ostream& to, const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace hearth::nodectl
