# hearth_library(NAME SOURCES … DEPS … USES …): a library of one folder, with an include root of its own that holds
# nothing but that folder, so that only the headers of DEPS can be included. NAME is the folder with "_" for "/".
# Refuses a dependency that points upward (tools > node > {net, media} > store), one between net and media, and one
# on a library that is not there yet (so there are no cycles).
# hearth_program(NAME SOURCES … DEPS … USES …), hearth_test(LIBRARY …), hearth_fuzz(NAME …) follow the same rules.

set(HEARTH_LEVEL_store 0)
set(HEARTH_LEVEL_net 1)
set(HEARTH_LEVEL_media 1)
set(HEARTH_LEVEL_node 2)
set(HEARTH_LEVEL_tools 3)
set(HEARTH_LEVEL_tests 4)

function(hearth_layer target result)
  string(REGEX MATCH "^[a-z]+" layer ${target})
  if(NOT DEFINED HEARTH_LEVEL_${layer})
    message(FATAL_ERROR "${target}: unknown layer '${layer}'")
  endif()
  set(${result} ${layer} PARENT_SCOPE)
endfunction()

function(hearth_check_deps name)
  hearth_layer(${name} own)
  foreach(dep IN LISTS ARGN)
    if(NOT TARGET ${dep})
      message(FATAL_ERROR "${name}: '${dep}' is not declared before it")
    endif()
    hearth_layer(${dep} other)
    if(HEARTH_LEVEL_${other} GREATER HEARTH_LEVEL_${own})
      message(FATAL_ERROR "${name} (${own}) must not depend on ${dep} (${other}): arrows go down")
    endif()
    if(HEARTH_LEVEL_${other} EQUAL HEARTH_LEVEL_${own} AND NOT other STREQUAL own)
      message(FATAL_ERROR "${name} must not depend on its sibling ${dep}")
    endif()
  endforeach()
endfunction()

function(hearth_common target)
  target_link_libraries(${target} PRIVATE hearth_options)
endfunction()

# The include root: build/include/NAME/<folder> is a link to the folder itself.
function(hearth_include_root name)
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(root ${CMAKE_BINARY_DIR}/include/${name})
  get_filename_component(parent ${root}/${folder} DIRECTORY)
  file(MAKE_DIRECTORY ${parent})
  if(NOT EXISTS ${root}/${folder})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${folder} SYMBOLIC)
  endif()
  target_include_directories(${name} PUBLIC ${root})
endfunction()

function(hearth_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;USES" ${ARGN})
  hearth_check_deps(${name} ${ARG_DEPS})
  add_library(${name} STATIC ${ARG_SOURCES})
  hearth_include_root(${name})
  hearth_common(${name})
  list(TRANSFORM ARG_USES PREPEND third_party::)
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} third_party::boost PRIVATE ${ARG_USES})
  target_precompile_headers(${name} REUSE_FROM hearth_precompiled)
endfunction()

function(hearth_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  hearth_common(${name})
  list(TRANSFORM ARG_USES PREPEND third_party::)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} third_party::boost ${ARG_USES})
  target_precompile_headers(${name} REUSE_FROM hearth_precompiled)
endfunction()

function(hearth_test library)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;USES" ${ARGN})
  set(name unit_${library})
  hearth_program(${name} SOURCES ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/unit/boost_main.cpp
    DEPS ${ARG_DEPS} USES ${ARG_USES} boost_test)
  target_compile_definitions(${name} PRIVATE HEARTH_TEST_NAME=${name}
    HEARTH_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endfunction()

function(hearth_fuzz name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;USES" ${ARGN})
  if(HEARTH_FUZZ)
    hearth_program(fuzz_${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS} USES ${ARG_USES})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    hearth_program(fuzz_${name} SOURCES ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.cpp
      DEPS ${ARG_DEPS} USES ${ARG_USES})
  endif()
  set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endfunction()

# One precompiled header of third-party headers serves every library and program.
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")
add_library(hearth_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
target_link_libraries(hearth_precompiled PRIVATE hearth_options third_party::boost)
target_precompile_headers(hearth_precompiled
  PRIVATE ${CMAKE_SOURCE_DIR}/tools/cmake/precompiled.hpp)

# Adds the named folders that have a CMakeLists.txt, in this order.
macro(hearth_folders)
  foreach(folder ${ARGN})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
      add_subdirectory(${folder})
    endif()
  endforeach()
endmacro()
