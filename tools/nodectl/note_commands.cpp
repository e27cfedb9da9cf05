#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "store/base/file.hpp"
#include "tools/nodectl/session.hpp"
#include "tools/nodectl/terminal.hpp"

namespace hearth::nodectl {
namespace {

constexpr std::size_t largest_text = 64 * 1024 * 1024;

struct note_words {
  std::string id, title, query, tag, version, from, to;
  std::vector<std::string> tags;
  std::optional<std::string> text, file;
  bool shared = false;
};

std::optional<std::string> address_of(session& in, const note_words& given,
                                      const std::string& end = {}) {
  const auto id = in.whole_id("/api/notes", "note_id", given.id);
  if (!id) return std::nullopt;
  return "/api/notes/" + segment(*id) + end;
}

/// The text of --text, --file, or the standard input.
std::optional<std::string> read_text(session& in, const note_words& given) {
  if (given.text) return given.text;
  if (given.file && *given.file != "-") {
    const auto content = read_file(*given.file, largest_text);
    if (content) return std::string(as_text(*content));
    in.fail(exit_code::failed, harmless(*given.file) + ": " + content.error().message(),
            "Give the path of a text file that you may read.");
    return std::nullopt;
  }
  std::string out;
  std::array<char, 64 * 1024> piece;
  while (in.in().read(piece.data(), piece.size()) || in.in().gcount() > 0) {
    out.append(piece.data(), static_cast<std::size_t>(in.in().gcount()));
    if (out.size() > largest_text) {
      in.fail(exit_code::failed, "the text is larger than 64 MiB", "Give a shorter one.");
      return std::nullopt;
    }
  }
  return out;
}

exit_code print_list(session& in, const std::string& path) {
  const auto items = in.list(path);
  if (!items) return in.code();
  if (in.printed(*items)) return exit_code::done;
  if (items->empty()) {
    in.out() << "There are no notes.\n";
    return exit_code::done;
  }
  table rows({"TITLE", "SHARED", "TAGS", "CHANGED", "ID"});
  for (const auto& one : *items) {
    rows.row({text_of(one, "title"), text_of(one, "shared"), text_of(one, "tags"),
              text_of(one, "updated_at"), text_of(one, "note_id")});
  }
  rows.print(in.out());
  return exit_code::done;
}

exit_code list(session& in, const note_words& given) {
  return print_list(in, given.tag.empty() ? "/api/notes" : "/api/notes?tag=" + segment(given.tag));
}

exit_code search(session& in, const note_words& given) {
  const auto items = in.list("/api/notes?q=" + segment(given.query));
  if (!items) return in.code();
  if (in.printed(*items)) return exit_code::done;
  if (items->empty()) in.out() << "Nothing found.\n";
  for (const auto& one : *items) {
    in.out() << text_of(one, "title") << "  " << text_of(one, "note_id") << '\n';
    const auto snippet = text_of(one, "snippet");
    if (!snippet.empty()) in.out() << "    " << snippet << '\n';
  }
  return exit_code::done;
}

void print_text(session& in, const boost::json::value& from) {
  const auto* object = from.if_object();
  const auto* text = object == nullptr ? nullptr : object->if_contains("text");
  if (text == nullptr || !text->is_string()) return;
  const auto shown = harmless(text->get_string(), true);
  in.out() << shown;
  if (!shown.ends_with('\n')) in.out() << '\n';
}

exit_code show(session& in, const note_words& given) {
  const auto end = given.version.empty() ? "" : "/versions/" + segment(given.version);
  const auto path = address_of(in, given, end);
  if (!path) return in.code();
  const auto answer = in.get(*path);
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  const auto& one = answer->json;
  print_fields(in.out(), {{"title", text_of(one, "title")},
                          {"id", text_of(one, "note_id")},
                          {"tags", text_of(one, "tags")},
                          {"shared", text_of(one, "shared")},
                          {"version", text_of(one, "version")},
                          {"changed", text_of(one, "updated_at")},
                          {"by", text_of(one, "contributors")}});
  in.out() << '\n';
  print_text(in, one);
  return exit_code::done;
}

boost::json::array tags_of(const note_words& given) {
  boost::json::array out;
  for (const auto& tag : given.tags)
    out.emplace_back(tag);
  return out;
}

exit_code create(session& in, const note_words& given) {
  const auto text = read_text(in, given);
  if (!text) return in.code();
  const boost::json::object body{
      {"title", given.title}, {"text", *text}, {"tags", tags_of(given)}, {"shared", given.shared}};
  const auto answer = in.call(http::method::post, "/api/notes", body);
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << text_of(answer->json, "note_id") << '\n';
  return exit_code::done;
}

/// Sends a change and prints the new version.
exit_code patch(session& in, const note_words& given, const boost::json::object& body) {
  const auto path = address_of(in, given);
  if (!path) return in.code();
  const auto answer = in.call(http::method::patch, *path, body);
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  in.out() << "Saved as version " << text_of(answer->json, "version") << ".\n";
  return exit_code::done;
}

exit_code edit(session& in, const note_words& given) {
  boost::json::object body;
  if (!given.title.empty()) body["title"] = given.title;
  if (!given.tags.empty()) body["tags"] = tags_of(given);
  if (!given.version.empty()) body["base"] = given.version;
  const bool only_fields = body.contains("title") || body.contains("tags");
  if (given.text || given.file || !only_fields) {
    const auto text = read_text(in, given);
    if (!text) return in.code();
    body["text"] = *text;
  }
  return patch(in, given, body);
}

exit_code history(session& in, const note_words& given) {
  const auto path = address_of(in, given, "/versions");
  if (!path) return in.code();
  const auto items = in.list(*path);
  if (!items) return in.code();
  if (in.printed(*items)) return exit_code::done;
  table rows({"VERSION", "WHEN", "WHO", "WHAT"});
  for (const auto& one : *items) {
    auto who = text_of(one, "author_name");
    if (who.empty()) who = text_of(one, "author");
    rows.row({text_of(one, "version"), text_of(one, "time"), who, text_of(one, "summary")});
  }
  rows.print(in.out());
  return exit_code::done;
}

/// Each line of the text with a mark before it.
void print_marked(std::ostream& to, std::string_view text, std::string_view mark) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    to << mark << harmless(text.substr(0, end), true) << '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

exit_code diff(session& in, const note_words& given) {
  auto path = address_of(in, given, "/diff?from=" + segment(given.from));
  if (!path) return in.code();
  auto to = given.to;
  if (to.empty()) {
    const auto present = in.get(path->substr(0, path->find("/diff?")));
    if (!present) return in.code();
    to = text_of(present->json, "version");
  }
  const auto answer = in.get(*path + "&to=" + segment(to));
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  const auto* object = answer->json.if_object();
  const auto* changes = object == nullptr ? nullptr : object->if_contains("changes");
  if (changes == nullptr || !changes->is_array()) {
    return in.fail(exit_code::failed, "the node's answer is no difference");
  }
  for (const auto& one : changes->get_array()) {
    const auto op = text_of(one, "op");
    const auto* change = one.if_object();
    const auto* text = change == nullptr ? nullptr : change->if_contains("text");
    if (text == nullptr || !text->is_string()) continue;
    print_marked(in.out(), text->get_string(),
                 op == "insert"   ? "+ "
                 : op == "delete" ? "- "
                                  : "  ");
  }
  return exit_code::done;
}

exit_code restore(session& in, const note_words& given) {
  const auto path = address_of(in, given, "/restore");
  if (!path) return in.code();
  const auto answer =
      in.call(http::method::post, *path, boost::json::object{{"version", given.version}});
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << "Restored.\n";
  return exit_code::done;
}

exit_code remove(session& in, const note_words& given) {
  const auto path = address_of(in, given);
  if (!path) return in.code();
  const auto answer = in.call(http::method::del, *path);
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << "Deleted.\n";
  return exit_code::done;
}

using words = std::shared_ptr<note_words>;

/// Adds commands that do something with what was given.
struct adder {
  CLI::App& noun;
  action& chosen;
  words given;

  CLI::App* operator()(const std::string& name, const std::string& about,
                       exit_code (*does)(session&, const note_words&)) const {
    auto* out = noun.add_subcommand(name, about);
    out->callback([&into = chosen, does, words_given = given] {
      into = [does, words_given](session& in) { return does(in, *words_given); };
    });
    return out;
  }
  CLI::App* with_id(const std::string& name, const std::string& about,
                    exit_code (*does)(session&, const note_words&)) const {
    auto* out = (*this)(name, about, does);
    out->add_option("ID", given->id, "The note's id, or its beginning")->required();
    return out;
  }
};

void add_text_options(CLI::App& command, note_words& into) {
  auto* text = command.add_option("--text", into.text, "The text itself");
  command.add_option("--file", into.file, "A file that holds the text; - for the standard input")
      ->excludes(text);
  command.add_option("--tag", into.tags, "A tag; give it again for more")->allow_extra_args(false);
}

}  // namespace

void add_notes(CLI::App& app, action& chosen) {
  auto* noun = app.add_subcommand("notes", "Notes, private and shared")->require_subcommand(1);
  const auto given = std::make_shared<note_words>();
  const adder add{*noun, chosen, given};
  add("list", "All notes, the newest first", list)->add_option("--tag", given->tag);
  add("search", "Notes with these words", search)->add_option("QUERY", given->query)->required();
  add.with_id("show", "One note", show)->add_option("--version", given->version, "As it was then");
  auto* created = add("create", "Makes a note from --text, --file or the standard input", create);
  created->add_option("TITLE", given->title)->required();
  created->add_flag("--shared", given->shared, "Share it with the cluster");
  add_text_options(*created, *given);
  auto* edited = add.with_id("edit", "Changes a note", edit);
  edited->add_option("--title", given->title);
  edited->add_option("--base", given->version, "The version that the change was made against");
  add_text_options(*edited, *given);
  add.with_id("history", "Its versions", history);
  auto* compared = add.with_id("diff", "What changed between two versions", diff);
  compared->add_option("FROM", given->from, "A version")->required();
  compared->add_option("TO", given->to, "A version; the present one when left out");
  add.with_id("restore", "Brings back a version", restore)
      ->add_option("VERSION", given->version)
      ->required();
  add.with_id("share", "Shares it with the cluster", [](session& in, const note_words& one) {
    return patch(in, one, {{"shared", true}});
  });
  add.with_id("unshare", "Makes it private again", [](session& in, const note_words& one) {
    return patch(in, one, {{"shared", false}});
  });
  add.with_id("delete", "Deletes it", remove);
}

}  // namespace hearth::nodectl
