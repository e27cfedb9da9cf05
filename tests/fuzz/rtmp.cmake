hearth_fuzz(rtmp_chunk SOURCES rtmp_chunk_fuzz.cpp DEPS store_base media_live media_rtmp)
hearth_fuzz(amf0 SOURCES amf0_fuzz.cpp DEPS store_base media_live media_rtmp)
