# Plays a script of births, deaths and full GCs on this interpreter's object heap and prints where each object was put.
# Line 1 of the answer: the interpreter's own full pages and their slots, after which the script's first object begins a
# page of its own. Then one line per operation: the object's address, or the counters after a GC.
require "fiddle"

operations = ARGV[0] ? File.read(ARGV[0]).split.map(&:to_i) : []
count = operations.size / 2
objects = Array.new(count + 1)
answers = Array.new(count * 4, 0)
fill = Array.new(400_000)

def play(operations, count, objects, answers)
  i = 0
  while i < count
    kind = operations[2 * i]
    id = operations[(2 * i) + 1]
    if kind == 0
      objects[id] = Object.new
      answers[4 * i] = Fiddle.dlwrap(objects[id])
    elsif kind == 1
      objects[id] = nil
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

def fill_up(fill)
  pages = GC.stat(:total_allocated_pages)
  n = 0
  while GC.stat(:total_allocated_pages) == pages
    fill[n] = Object.new
    n += 1
  end
  n - 1
end

play([0, 0, 1, 0, 2, 0, 0, 0, 1, 0], 5, [nil, nil], Array.new(20, 0))
GC.disable
fill_up(fill)
GC.start
last = fill_up(fill)
own_pages = GC.stat(:heap_allocated_pages) - 1
own_slots = GC.stat(:heap_available_slots)
freed = GC.stat(:total_freed_pages)
first = Fiddle.dlwrap(fill[last])
play(operations, count, objects, answers)

puts "#{RUBY_VERSION} #{own_pages} #{own_slots} #{freed} #{first}"
i = 0
while i < count
  puts answers[4 * i, 4].join(" ")
  i += 1
end
