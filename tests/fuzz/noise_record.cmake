hearth_fuzz(noise_record SOURCES noise_record_fuzz.cpp DEPS net_transport)
