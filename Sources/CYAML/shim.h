// libyaml, whole. No logic here.
#ifndef SBX_CYAML_H
#define SBX_CYAML_H

#include <yaml.h>

#endif
