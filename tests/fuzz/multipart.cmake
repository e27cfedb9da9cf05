hearth_fuzz(multipart SOURCES multipart_fuzz.cpp DEPS node_http)
