# Plays a script of births (0 number), deaths (1 number), full GCs (2 0), or births and deaths of the oldest in bulk (3 and
# 4 count) on this interpreter's object heap and prints where each object was put.
# Line 1 of the answer: the interpreter's own full pages and their slots, after which the script's first object begins a
# page of its own. Then one line per operation: the object's address, or the counters after a GC.
require "fiddle"

operations = ARGV[0] ? File.read(ARGV[0]).split.map(&:to_i) : []
count = operations.size / 2
in_bulk = 0
operations.each_slice(2) { |kind, number| in_bulk += number if kind == 3 }
objects = Array.new(count + in_bulk + 1)
answers = Array.new(count * 4, 0)
fill = Array.new(2_000_000)

def play(operations, count, objects, answers)
  i = 0
  made = 0
  gone = 0
  while i < count
    kind = operations[2 * i]
    id = operations[(2 * i) + 1]
    if kind == 0
      objects[id] = Object.new
      answers[4 * i] = Fiddle.dlwrap(objects[id])
    elsif kind == 1
      objects[id] = nil
    elsif kind == 3
      first = made
      made += id
      while first < made
        objects[first] = Object.new
        first += 1
      end
      answers[4 * i] = Fiddle.dlwrap(objects[made - 1])
    elsif kind == 4
      last = gone + id
      while gone < last
        objects[gone] = nil
        gone += 1
      end
    else
      GC.start
      answers[4 * i] = GC.stat(:heap_allocated_pages)
      answers[(4 * i) + 1] = GC.stat(:heap_live_slots)
      answers[(4 * i) + 2] = GC.stat(:heap_available_slots)
      answers[(4 * i) + 3] = GC.stat(:total_freed_pages)
    end
    i += 1
  end
end

# Makes objects until one begins a new page.
def fill_up(fill, n)
  pages = GC.stat(:total_allocated_pages)
  while GC.stat(:total_allocated_pages) == pages
    fill[n] = Object.new
    n += 1
  end
  n
end

# Fills the gaps that the address space still has: until pages adjoin, each below the one before. Everything runs twice,
# for the first time leaves objects of the interpreter behind.
def start(fill, state)
  n = fill_up(fill, state[5])
  adjoining = 0
  while adjoining * state[4] < 11_000_000
    before = Fiddle.dlwrap(fill[n - 1]) / state[4]
    n = fill_up(fill, n)
    adjoining = before - (Fiddle.dlwrap(fill[n - 1]) / state[4]) == 1 ? adjoining + 1 : 0
  end
  state[0] = GC.stat(:heap_allocated_pages) - 1
  state[1] = GC.stat(:heap_available_slots)
  state[2] = GC.stat(:total_freed_pages)
  state[3] = Fiddle.dlwrap(fill[n - 1])
  state[5] = n
end

state = [0, 0, 0, 0, RUBY_VERSION >= "3.2" ? 65_536 : 16_384, 0]
warm_up = [0, 0, 1, 0, 2, 0, 3, 2, 4, 2, 2, 0]
spare = [nil, nil, nil]
scratch = Array.new(24, 0)
GC.disable
start(fill, state)
play(warm_up, 6, spare, scratch)
start(fill, state)
play(operations, count, objects, answers)

own_pages, own_slots, freed, first = state
puts "#{RUBY_VERSION} #{own_pages} #{own_slots} #{freed} #{first}"
i = 0
while i < count
  puts answers[4 * i, 4].join(" ")
  i += 1
end
