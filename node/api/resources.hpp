// The resources of the API, one file each. Every function adds its routes; services must outlive
// the router. /api/openapi.json describes them all.
#pragma once
#include <memory>

#include "node/api/services.hpp"
#include "node/http/router.hpp"

namespace hearth::api {

void add_status_routes(http::router& router, const services& with);
void add_stream_routes(http::router& router, const services& with);
void add_watch_routes(http::router& router, const services& with);  // HLS below /static/streams
void add_image_routes(http::router& router, const services& with);
void add_video_routes(http::router& router, const services& with);
void add_note_routes(http::router& router, const services& with);
void add_peer_routes(http::router& router, const services& with);
void add_settings_routes(http::router& router, const services& with);
void add_page_routes(http::router& router, const services& with);  // the web page

/// All of them, and the description.
std::shared_ptr<const http::router> make_router(const services& with);

}  // namespace hearth::api
