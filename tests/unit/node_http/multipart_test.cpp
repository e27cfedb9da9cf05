// The form parser, fed in pieces of every size.
#include "node/http/multipart.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using hearth::http::multipart_parser;
using step = multipart_parser::step;

struct seen_part {
  std::string name, file_name, type, content;
  bool is_file = false;
  bool operator==(const seen_part&) const = default;
};

struct outcome {
  std::vector<seen_part> parts;
  unsigned status = 0;  // of the error
  std::string message;
};

outcome parse(std::string_view body, std::size_t piece,
              hearth::http::multipart_limits limits = {}) {
  multipart_parser parser("b0", limits);
  outcome out;
  std::size_t fed = 0;
  for (;;) {
    const auto what = parser.next();
    if (!what) {
      out.status = what.error().status;
      out.message = what.error().message;
      return out;
    }
    if (*what == step::finished) return out;
    if (*what == step::need_more) {
      const auto next = body.substr(std::min(fed, body.size()), piece);
      fed += next.size();
      parser.feed(hearth::as_bytes(next));
    }
    if (*what == step::part) {
      const auto& head = parser.part();
      out.parts.push_back({head.name, head.file_name, head.content_type, "", head.is_file});
    }
    if (*what == step::data) out.parts.back().content += hearth::as_text(parser.data());
  }
}

std::string part(std::string_view disposition, std::string_view content) {
  return "--b0\r\nContent-Disposition: " + std::string(disposition) + "\r\n\r\n" +
         std::string(content) + "\r\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(multipart)

BOOST_AUTO_TEST_CASE(is_the_same_in_pieces_of_every_size) {
  const std::string tricky = "\r\n--b\r\n--b1\r\n-\r\r\n--b";
  const auto body = "a preamble\r\n" + part("form-data; name=\"a\"", "") +
                    part("form-data; name=b; filename=\"x.mp4\"", tricky) +
                    "--b0  \r\ncontent-disposition: form-data; name=\"c\"; filename=\"\"\r\n"
                    "content-type: video/mp4\r\n\r\nlast\r\n--b0--\r\nan epilogue";
  const std::vector<seen_part> wanted = {{"a", "", "", "", false},
                                         {"b", "x.mp4", "", tricky, true},
                                         {"c", "", "video/mp4", "last", true}};
  for (std::size_t piece = 1; piece <= body.size(); ++piece) {
    const auto found = parse(body, piece);
    BOOST_TEST(found.status == 0u);
    BOOST_TEST((found.parts == wanted), "pieces of " << piece);
  }
}

BOOST_AUTO_TEST_CASE(file_names_lose_folders_and_controls) {
  const std::pair<std::string, std::string> table[] = {
      {R"("a.png")", "a.png"},
      {R"("../../etc/passwd")", "passwd"},
      {R"("C:\Users\me\cat.png")", "cat.png"},
      {R"("a%22b.png")", "a\"b.png"},
      {R"("a\"b.png")", "a\"b.png"},
      {"\"a\tb\x01.png\"", "a_b_.png"},
      {"\"J\xc3\xbcrgen.mov\"", "J\xc3\xbcrgen.mov"},
      {"\"bad\xff.mov\"", "bad_.mov"},
      {"plain.gif", "plain.gif"},
      {R"("semi;colon.gif")", "semi;colon.gif"},
      {"\"" + std::string(300, 'x') + "\"", std::string(255, 'x')},
      {R"("unterminated)", "unterminated"},
  };
  for (const auto& [given, wanted] : table) {
    const auto found =
        parse(part("form-data; name=\"f\"; filename=" + given, "x") + "--b0--", 1000);
    BOOST_TEST_REQUIRE(found.parts.size() == 1u, given);
    BOOST_TEST(found.parts.front().file_name == wanted);
    BOOST_TEST(found.parts.front().name == "f");
  }
}

BOOST_AUTO_TEST_CASE(malformed_forms_are_refused) {
  const std::string table[] = {
      "",
      "no boundary at all",
      "--b0",
      "--b0\r\n",
      "--b0 and more\r\n",
      "--b0" + std::string(200, ' ') + "\r\n",
      "--b0\r\n\r\ncontent\r\n--b0--",
      "--b0\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--b0--",
      "--b0\r\nwithout colon\r\n\r\ncontent\r\n--b0--",
      part("attachment; name=\"a\"", "x") + "--b0--",
      part("form-data", "x") + "--b0--",
      part("form-data; name=\"a\"", "x"),
      "--b0\r\nX: " + std::string(9000, 'x') + "\r\n\r\n",
      std::string(9000, 'x') + "\r\n--b0--",
  };
  for (const auto& body : table) {
    for (std::size_t piece : {std::size_t{1}, std::size_t{7}, body.size() + 1}) {
      BOOST_TEST(parse(body, piece).status == 400u, body.substr(0, 60));
    }
  }
}

BOOST_AUTO_TEST_CASE(too_many_parts_are_refused) {
  std::string body;
  for (int i = 0; i < 4; ++i)
    body += part("form-data; name=\"a\"", "x");
  hearth::http::multipart_limits limits;
  limits.parts = 3;
  const auto found = parse(body + "--b0--", 10, limits);
  BOOST_TEST(found.status == 413u);
  BOOST_TEST(found.parts.size() == 3u);
}

BOOST_AUTO_TEST_CASE(boundaries_are_read_from_the_content_type) {
  using hearth::http::multipart_boundary;
  BOOST_TEST(*multipart_boundary("multipart/form-data; boundary=abc") == "abc");
  BOOST_TEST(*multipart_boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"") == "a b");
  BOOST_TEST(multipart_boundary("multipart/form-data").error().status == 400u);
  BOOST_TEST(multipart_boundary("multipart/form-data; boundary=").error().status == 400u);
  BOOST_TEST(
      multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')).error().status ==
      400u);
  BOOST_TEST(multipart_boundary("text/plain; boundary=abc").error().status == 415u);
  BOOST_TEST(multipart_boundary("").error().status == 415u);
}

BOOST_AUTO_TEST_SUITE_END()
