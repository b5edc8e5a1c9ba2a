// One entry a file. A test compares this list with the folders, so that a file left out fails the suite.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CResources.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const unsigned char gitignore[] = {
#embed "../../.gitignore"
};

const sbx_resource sbx_resources[] = {
    {".gitignore", gitignore, COUNT(gitignore)},
};
const size_t sbx_resource_count = COUNT(sbx_resources);
