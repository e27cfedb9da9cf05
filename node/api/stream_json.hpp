// A stream as the API shows it.
#pragma once
#include <boost/json/object.hpp>
#include <string>

#include "node/api/services.hpp"
#include "node/http/router.hpp"

namespace hearth::api {

/// "rtmp://HOST:PORT/live", with the host by which the caller reached this node.
std::string rtmp_url(const services& with, const http::request_context& context);
std::string playlist_url(std::string_view stream_id);

/// Core strand. key_for_caller: whether the caller may see the secret key.
boost::json::object stream_json(const services& with, const streams::stream_facts& facts,
                                bool key_for_caller, const std::string& rtmp);

}  // namespace hearth::api
