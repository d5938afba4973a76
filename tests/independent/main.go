// Command endpoint serves the nine actions of flow logs on loopback, written from the documentation alone.
// It shares no line with the suite that is tried on it. See README.md.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

const region = "cn-beijing"

type endpoint struct {
	switches map[string]bool
	pace     time.Duration // how long a state that passes lasts

	mu           sync.Mutex
	accounts     []*account
	special      map[string]*failure // resources that refuse
	specialNames map[string]string
	flowLogs     []*flowLog
	tokens       map[string]*tokenEntry
	count, lists int
	refused      int
	front        front
}

// on says whether a switch is set. The name has to be in the table.
func (e *endpoint) on(name string) bool {
	if _, have := table[name]; !have {
		panic("no such switch: " + name)
	}
	return e.switches[name]
}

// pause lets others in for a while, where the switch is set (or always, without a name).
func (e *endpoint) pause(name string, ms int) {
	if name == "" || e.on(name) {
		e.mu.Unlock()
		time.Sleep(time.Duration(ms) * time.Millisecond)
		e.mu.Lock()
	}
}

func (e *endpoint) profile(address string) object {
	accounts := object{}
	for _, a := range e.accounts {
		entry := object{"access_key": a.key, "secret_key": a.secret}
		if a.token != "" {
			entry["session_token"] = a.token
		}
		if a.name != "default" {
			entry["resources"] = a.resources
		}
		accounts[a.name] = entry
	}
	resources := object{}
	for kind, ids := range e.accounts[0].resources {
		resources[kind] = ids[:4]
	}
	for name, id := range e.specialNames {
		resources[name] = id
	}
	resources["unsupported"] = object{"type": "eni", "id": e.specialNames["unsupported"]}
	resources["busy"] = object{"type": "vpc", "id": e.specialNames["busy"]}
	resources["conflicting_topic"] = object{"project": "conflicting-project", "topic": "conflicting-topic"}
	return object{"name": "independent", "endpoint": "http://" + address, "region": region, "service": "vpc",
		"accounts": accounts, "resources": resources, "projects": []string{"default", "team-a"},
		"quota": object{"flow_logs": 10}, "active_timeout_s": 8, "may_create": true}
}

func choose(list string) (map[string]bool, error) {
	out := map[string]bool{}
	for _, name := range strings.Split(list, ",") {
		if name == "" {
			continue
		}
		if _, have := table[name]; !have {
			return nil, fmt.Errorf("no such switch: %s (see -list)", name)
		}
		out[name] = true
	}
	return out, nil
}

func run() error {
	port := flag.Int("port", 0, "port on loopback; 0 is a free one")
	list := flag.Bool("list", false, "print every switch: kind, name, action, what it does")
	names := flag.String("switch", "", "switches to set, separated by commas")
	write := flag.String("write-profile", "", "file to write the profile into")
	pace := flag.Int("pace-ms", 120, "how long Creating, Pending and Deleting last")
	flag.Parse()
	if *list {
		printTable()
		return nil
	}
	chosen, err := choose(*names)
	if err != nil {
		return err
	}
	e := &endpoint{switches: chosen, pace: time.Duration(*pace) * time.Millisecond, tokens: map[string]*tokenEntry{}}
	e.settle()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		return err
	}
	if *write != "" {
		text, err := json.MarshalIndent(e.profile(listener.Addr().String()), "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(*write, text, 0o600); err != nil {
			return err
		}
	}
	fmt.Printf("listening on %s\n", listener.Addr())
	server := &http.Server{Handler: e, ReadHeaderTimeout: 20 * time.Second}
	return server.Serve(listener)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "endpoint:", err)
		os.Exit(2)
	}
}
