hearth_fuzz(peer_frame SOURCES peer_frame_fuzz.cpp DEPS net_wire store_log store_base)
