// What all resources share: errors of the domains as answers, pages of lists, times.
#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "node/http/router.hpp"
#include "store/base/clock.hpp"

namespace hearth::api {

namespace json = boost::json;

/// The status, code and hint that an error of any module has towards a client.
http::api_error explain(error_code code);
http::response failure(error_code code);

/// One page of a list as {"items", "next_cursor"}. The cursor counts items.
template <class Item, class ToJson>
json::object page_of(const std::vector<Item>& all, const http::page_query& query, ToJson to_json) {
  const auto first = std::min<std::size_t>(
      query.cursor.empty() ? 0 : std::strtoull(query.cursor.c_str(), nullptr, 10), all.size());
  const auto last = std::min(all.size(), first + query.limit);
  json::array items;
  for (auto i = first; i < last; ++i)
    items.push_back(to_json(all[i]));
  json::object out{{"items", std::move(items)}};
  out["next_cursor"] = last < all.size() ? json::value(std::to_string(last)) : json::value(nullptr);
  return out;
}

/// RFC 3339, or null for no time.
json::value time_value(milliseconds wall);
/// With fractions: durations are in seconds.
double seconds(milliseconds span);

}  // namespace hearth::api
