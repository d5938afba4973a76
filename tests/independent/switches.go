package main

// switches.go: every way in which this endpoint can be another one. An honest switch chooses a reading that
// the documentation allows; a lie breaks something that it says. A switch may name the actions whose checks
// have to see it (all of a default run otherwise) and another switch that goes with it.

import (
	"fmt"
	"sort"
)

type entry struct {
	kind    string // honest or lie
	about   string
	actions string // for --action; CreateFlowLog where empty
	with    string // another switch to set beside it
}

var table = map[string]entry{}

func add(kind, actions string, rows ...string) {
	for i := 0; i+1 < len(rows); i += 2 {
		table[rows[i]] = entry{kind, rows[i+1], actions, ""}
	}
}

func printTable() {
	var names []string
	for name := range table {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		e := table[name]
		fmt.Printf("%s\t%s\t%s\t%s\t%s\n", e.kind, name, e.actions, e.with, e.about)
	}
}
