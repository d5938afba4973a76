// json_node.h
