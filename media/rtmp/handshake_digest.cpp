#include "media/rtmp/handshake_digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

namespace hearth::rtmp {
namespace {

constexpr std::size_t digest_bytes = 32;

constexpr std::string_view client_phrase = "Genuine Adobe Flash Player 001";
constexpr std::string_view server_phrase = "Genuine Adobe Flash Media Server 001";
constexpr std::array<std::uint8_t, 32> phrase_tail{
    0xf0, 0xee, 0xc2, 0x4a, 0x80, 0x68, 0xbe, 0xe8, 0x2e, 0x00, 0xd0, 0xd1, 0x02, 0x9e, 0x7e, 0x57,
    0x6e, 0xec, 0x5d, 0x2d, 0x29, 0x80, 0x6f, 0xab, 0x93, 0xb8, 0xe6, 0x36, 0xcf, 0xeb, 0x31, 0xae};

bytes32 hmac_sha256(byte_view key, byte_view data) {
  bytes32 out{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), out.data(),
       &length);
  return out;
}

bytes full_phrase(std::string_view phrase) {
  const auto start = as_bytes(phrase);
  bytes out(start.begin(), start.end());
  out.insert(out.end(), phrase_tail.begin(), phrase_tail.end());
  return out;
}

std::size_t digest_offset(byte_view block, digest_place place) {
  const std::size_t pointer = place == digest_place::front ? 8 : 772;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < 4; ++i)
    sum += block[pointer + i];
  return sum % 728 + pointer + 4;
}

bytes32 digest_of(byte_view block, std::size_t offset, std::string_view phrase) {
  bytes rest(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(offset));
  const auto after = block.subspan(offset + digest_bytes);
  rest.insert(rest.end(), after.begin(), after.end());
  return hmac_sha256(as_bytes(phrase), rest);
}

std::optional<client_digest> find_digest(byte_view block, std::string_view phrase) {
  for (const auto place : {digest_place::front, digest_place::middle}) {
    const auto offset = digest_offset(block, place);
    client_digest out{place, digest_of(block, offset, phrase)};
    if (std::equal(out.value.begin(), out.value.end(), block.begin() + static_cast<int>(offset))) {
      return out;
    }
  }
  return std::nullopt;
}

void sign(std::span<std::uint8_t> block, digest_place place, std::string_view phrase) {
  const std::array<std::uint8_t, 4> version{4, 5, 0, 1};
  std::copy(version.begin(), version.end(), block.begin() + 4);
  const auto offset = digest_offset(block, place);
  const auto value = digest_of(block, offset, phrase);
  std::copy(value.begin(), value.end(), block.begin() + static_cast<std::ptrdiff_t>(offset));
}

bytes32 answer_digest(byte_view block, const bytes32& client) {
  const auto key = hmac_sha256(full_phrase(server_phrase), client);
  return hmac_sha256(key, block.first(block.size() - digest_bytes));
}

}  // namespace

std::optional<client_digest> find_client_digest(byte_view block) {
  return find_digest(block, client_phrase);
}

void sign_server_block(std::span<std::uint8_t> block, digest_place place) {
  sign(block, place, server_phrase);
}

void sign_answer(std::span<std::uint8_t> block, const bytes32& client) {
  const auto value = answer_digest(block, client);
  std::copy(value.begin(), value.end(), block.end() - static_cast<std::ptrdiff_t>(digest_bytes));
}

void sign_client_block(std::span<std::uint8_t> block, digest_place place) {
  sign(block, place, client_phrase);
}

std::optional<client_digest> find_server_digest(byte_view block) {
  return find_digest(block, server_phrase);
}

bool is_answer(byte_view second_block, const bytes32& client) {
  const auto value = answer_digest(second_block, client);
  return std::equal(value.begin(), value.end(), second_block.end() - 32);
}

}  // namespace hearth::rtmp
