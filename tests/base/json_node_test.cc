#include "base/json_node.h"
