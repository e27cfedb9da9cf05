#include "node/http/router.hpp"

#include <map>
#include <stdexcept>

namespace hearth::http {
namespace {

std::vector<std::string> split(const std::string& pattern) {
  if (pattern.empty() || pattern.front() != '/') {
    throw std::logic_error("route pattern must start with a slash: " + pattern);
  }
  std::vector<std::string> parts;
  std::size_t at = 1;
  for (;;) {
    const auto end = std::min(pattern.find('/', at), pattern.size());
    parts.push_back(pattern.substr(at, end - at));
    if (end == pattern.size()) return parts;
    at = end + 1;
  }
}

bool is_param(const std::string& part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

std::string param_name(const std::string& part) {
  return part.substr(1, part.size() - 2);
}

}  // namespace

struct router::node {
  struct ending {
    const route* target;
    std::vector<std::string> names;  // of its params, in order
  };
  std::map<std::string, node, std::less<>> words;
  std::unique_ptr<node> param;
  std::map<method, ending> endings;
  std::map<method, ending> tails;
};

namespace {

/// One walk through the tree for one path.
template <class Node>
class search {
 public:
  search(method verb, const std::vector<std::string>& path)
      : verb_(verb == method::head ? method::get : verb), path_(path) {}

  bool visit(const Node& at, std::size_t depth) {
    if (depth == path_.size()) return finish(at.endings, nullptr);
    const auto word = at.words.find(path_[depth]);
    if (word != at.words.end() && visit(word->second, depth + 1)) return true;
    if (at.param && !path_[depth].empty()) {
      values_.push_back(path_[depth]);
      if (visit(*at.param, depth + 1)) return true;
      values_.pop_back();
    }
    const auto rest = joined(depth);
    return finish(at.tails, &rest);
  }

  route_match take() { return std::move(out_); }

 private:
  template <class Endings>
  bool finish(const Endings& endings, const std::string* rest) {
    const auto found = endings.find(verb_);
    if (found == endings.end()) {
      for (const auto& [verb, ending] : endings)
        out_.allowed.push_back(verb);
      return false;
    }
    if (rest != nullptr) values_.push_back(*rest);
    const auto& names = found->second.names;
    for (std::size_t i = 0; i < names.size(); ++i)
      out_.params.emplace_back(names[i], values_[i]);
    out_.found = found->second.target;
    out_.allowed.clear();
    return true;
  }

  std::string joined(std::size_t from) const {
    std::string out;
    for (auto i = from; i < path_.size(); ++i)
      out += (i == from ? "" : "/") + path_[i];
    return out;
  }

  method verb_;
  const std::vector<std::string>& path_;
  std::vector<std::string> values_;
  route_match out_;
};

}  // namespace

const std::string& request_context::param(std::string_view name) const {
  static const std::string none;
  for (const auto& [key, value] : params) {
    if (key == name) return value;
  }
  return none;
}

router::router() : root_(std::make_unique<node>()) {}
router::~router() = default;

void router::add(route added) {
  auto kept = std::make_unique<route>(std::move(added));
  const auto parts = split(kept->pattern);
  node* at = root_.get();
  std::vector<std::string> names;
  bool tail = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& part = parts[i];
    if (!is_param(part)) {
      at = &at->words[part];
      continue;
    }
    auto name = param_name(part);
    tail = name.ends_with("...");
    if (tail) {
      if (i + 1 != parts.size()) throw std::logic_error("{...} not at the end: " + kept->pattern);
      name.resize(name.size() - 3);
    } else {
      if (!at->param) at->param = std::make_unique<node>();
      at = at->param.get();
    }
    names.push_back(std::move(name));
  }
  auto& endings = tail ? at->tails : at->endings;
  const bool fresh = endings.try_emplace(kept->verb, node::ending{kept.get(), names}).second;
  if (!fresh) throw std::logic_error("two routes of one form: " + kept->pattern);
  routes_.push_back(std::move(kept));
}

route_match router::match(method verb, const std::vector<std::string>& segments) const {
  search<node> walk(verb, segments);
  walk.visit(*root_, 0);
  return walk.take();
}

}  // namespace hearth::http
