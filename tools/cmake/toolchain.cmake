# Language, warnings, sanitizers, ccache and mold.
option(HEARTH_WERROR "Warnings are errors" OFF)
option(HEARTH_FUZZ "Build fuzz targets with libFuzzer" OFF)
option(HEARTH_COVERAGE "Instrument for gcov" OFF)
set(HEARTH_SANITIZE "" CACHE STRING "Value of -fsanitize, empty for none")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_CXX_FLAGS_RELEASE "-O2")

find_program(CCACHE ccache)
if(CCACHE)
  # A precompiled header is only cacheable when ccache is told so.
  set(sloppy CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env ${sloppy} ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(hearth_options INTERFACE)
target_compile_options(hearth_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Woverloaded-virtual -Wcast-align
  -Wnull-dereference -Wno-missing-field-initializers -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Boost.Asio and std::vector raise false alarms of these at -O2 with g++ 12.
  target_compile_options(hearth_options INTERFACE
    -fcoroutines -Wno-null-dereference -Wno-maybe-uninitialized -Wno-array-bounds
    -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict -Wno-free-nonheap-object
    -Wno-dangling-pointer -Wno-mismatched-new-delete)
endif()
if(HEARTH_WERROR)
  target_compile_options(hearth_options INTERFACE -Werror)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(hearth_options INTERFACE _FORTIFY_SOURCE=2)
endif()
target_compile_definitions(hearth_options INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  HEARTH_VERSION="${PROJECT_VERSION}")
if(HEARTH_SANITIZE)
  add_compile_options(-fsanitize=${HEARTH_SANITIZE} -fno-omit-frame-pointer -g)
  add_link_options(-fsanitize=${HEARTH_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND HEARTH_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=function)  # clang 14 miscompiles coroutines with it
  endif()
endif()
if(HEARTH_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(HEARTH_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
