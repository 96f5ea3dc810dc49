# What every target of the project shares: warnings, embedding, tests.

add_library(diming_flags INTERFACE)
target_include_directories(diming_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(
  diming_flags INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE
                         GEOS_USE_ONLY_R_API)
target_compile_options(
  diming_flags
  INTERFACE $<$<COMPILE_LANGUAGE:C>:-Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wstrict-prototypes
            -Wmissing-prototypes
            -Wundef
            -Wvla
            -Wformat=2
            -Wcast-align
            -Wwrite-strings
            -Werror>)

# diming_library(name SOURCES... LINK libs...): one room of the house.
function(diming_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC diming_flags ${ARG_LINK})
endfunction()

# diming_embed(target symbol FILES path-in-binary=file ...)
#
# Makes the files part of `target` as `const struct gaz_asset symbol[]`, ended
# by an entry whose path is NULL (gazetteer/base/asset.h).
function(diming_embed target symbol)
  cmake_parse_arguments(ARG "" "" "FILES" ${ARGN})
  set(asm "    .section .note.GNU-stack,\"\",@progbits\n    .section .rodata\n")
  set(files "")
  set(number 0)
  foreach(pair IN LISTS ARG_FILES)
    string(REGEX MATCH "^([^=]+)=(.+)$" matched "${pair}")
    set(file "${CMAKE_MATCH_2}")
    set(id "${symbol}_${number}")
    string(APPEND asm "    .global ${id}\n    .global ${id}_end\n"
           "    .balign 8\n${id}:\n    .incbin \"${file}\"\n${id}_end:\n"
           "    .byte 0\n")
    list(APPEND files "${file}")
    math(EXPR number "${number} + 1")
  endforeach()
  # The size of an asset is a difference of two symbols, which C does not allow
  # in an initialiser; the assembler writes the table instead.
  string(APPEND asm
         "    .section .data.rel.ro,\"aw\"\n    .balign 8\n    .global ${symbol}\n${symbol}:\n")
  set(number 0)
  set(names "    .section .rodata\n")
  foreach(pair IN LISTS ARG_FILES)
    string(REGEX MATCH "^([^=]+)=(.+)$" matched "${pair}")
    set(id "${symbol}_${number}")
    string(APPEND names "${id}_path: .asciz \"${CMAKE_MATCH_1}\"\n")
    string(APPEND asm
           "    .quad ${id}_path, ${id}, ${id}_end - ${id}\n")
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND asm "    .quad 0, 0, 0\n${names}")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S")
  file(CONFIGURE OUTPUT "${out}" CONTENT "${asm}" @ONLY)
  set_source_files_properties("${out}" PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE "${out}")
endfunction()

# What libraries are known to lose or race for.
set(DIMING_SUPPRESSIONS
    "TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lint/tsan.txt"
    "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lint/lsan.txt")

# diming_unit_test(test_x libs...): a cmocka program beside the CMakeLists.
function(diming_unit_test name)
  add_executable(${name} ${name}.c)
  target_link_libraries(${name} PRIVATE diming_flags ${ARGN} cmocka)
  target_compile_definitions(
    ${name} PRIVATE DIMING_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(
    ${name} PROPERTIES LABELS unit TIMEOUT 120 ENVIRONMENT
                       "${DIMING_SUPPRESSIONS}")
endfunction()

# diming_fuzz(fuzz_x libs...): a fuzzer of outside bytes. With DIMING_FUZZ it is
# a libFuzzer program; always, its corpus is replayed as a test.
function(diming_fuzz name)
  set(corpus "${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name}")
  add_executable(${name}_replay ${name}.c ${CMAKE_SOURCE_DIR}/tests/fuzz/replay.c)
  target_link_libraries(${name}_replay PRIVATE diming_flags ${ARGN})
  add_test(NAME ${name}_replay COMMAND ${name}_replay ${corpus})
  set_tests_properties(
    ${name}_replay PROPERTIES LABELS fuzz TIMEOUT 120 ENVIRONMENT
                              "${DIMING_SUPPRESSIONS}")
  if(DIMING_FUZZ)
    add_executable(${name} ${name}.c)
    target_link_libraries(${name} PRIVATE diming_flags ${ARGN})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  endif()
endfunction()
