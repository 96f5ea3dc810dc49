# The element model (model.h), a library of its own: it needs no ICU and no
# lexicon, and the trainer links it alone.
if(NOT TARGET gaz_model)
  diming_library(gaz_model
    SOURCES ${CMAKE_SOURCE_DIR}/gazetteer/standardise/model.c
            ${CMAKE_SOURCE_DIR}/gazetteer/standardise/model_open.c
            ${CMAKE_SOURCE_DIR}/gazetteer/standardise/model_score.c
            ${CMAKE_SOURCE_DIR}/gazetteer/standardise/model_layer.c
            ${CMAKE_SOURCE_DIR}/gazetteer/standardise/model_features.c
            ${CMAKE_SOURCE_DIR}/gazetteer/standardise/model_text.c
            ${CMAKE_SOURCE_DIR}/gazetteer/standardise/model_chunks.c
            ${CMAKE_SOURCE_DIR}/gazetteer/model/address.c
    LINK gaz_base)
  # Sums over rows of fixed length: 33 us an address, 53 with -O2.
  target_compile_options(gaz_model PRIVATE -O3)
endif()
