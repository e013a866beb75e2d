using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>
/// Plays commands through shared dictionaries of a real nginx: one process without master, without any listening socket,
/// whose start-up script replays the commands, sets the cached clock that ngx_lua reads, and exits.
/// </summary>
internal sealed class NginxReplay : IDisposable
{
    private const int TimeoutMilliseconds = 120_000;

    private const string Script = """
        local ffi = require "ffi"
        ffi.cdef[[
        typedef struct { long sec; unsigned long msec; long gmtoff; } fragguard_time_t;
        extern fragguard_time_t *ngx_cached_time;
        void *ngx_slab_alloc(void *pool, size_t size);
        void ngx_slab_free(void *pool, void *p);
        ]]
        local folder = "@FOLDER@"
        local out = assert(io.open(folder .. "/replies", "w"))
        local dict
        local values = {}
        local blocks = {}

        local function shared_memory()
            return ffi.cast("uint64_t *", ffi.C.ngx_http_lua_ffi_shdict_udata_to_zone(dict[1]))
        end

        local function value(bytes)
            if bytes == 8 then
                return 1
            end
            local text = values[bytes]
            if not text then
                text = string.rep("a", bytes)
                values[bytes] = text
            end
            return text
        end

        local function seconds(ttl)
            ttl = tonumber(ttl)
            return ttl > 0 and (ttl + 0.5) / 1000 or 0
        end

        local function store(name)
            return function(key, bytes, ttl)
                local ok, reason, forcible = dict[name](dict, key, value(tonumber(bytes)), seconds(ttl))
                return ok and "ok" or reason, forcible and 1 or 0
            end
        end

        local function push(name)
            return function(key, bytes)
                local length, reason = dict[name](dict, key, value(tonumber(bytes)))
                return length and "ok" or reason, 0, length
            end
        end

        local function pop(name)
            return function(key)
                local popped, reason = dict[name](dict, key)
                return popped and "ok" or reason or "not found"
            end
        end

        local run = {
            set = store("set"), safe_set = store("safe_set"), add = store("add"),
            safe_add = store("safe_add"), replace = store("replace"),
            get = function(key)
                local found, reason = dict:get(key)
                return found ~= nil and "hit" or type(reason) == "string" and reason or "not found"
            end,
            incr = function(key)
                local number, reason = dict:incr(key, 1)
                return number and "ok" or reason
            end,
            incr_init = function(key, ttl)
                local number, reason, forcible = dict:incr(key, 1, 0, seconds(ttl))
                return number and "ok" or reason, forcible and 1 or 0
            end,
            touch = function(key, ttl)
                local ok, reason = dict:expire(key, seconds(ttl))
                return ok and "ok" or reason
            end,
            lpush = push("lpush"), rpush = push("rpush"), lpop = pop("lpop"), rpop = pop("rpop"),
            llen = function(key)
                local length, reason = dict:llen(key)
                return not length and reason or length > 0 and "hit" or "not found", 0, length
            end,
            delete = function(key) dict:delete(key) return "ok" end,
            flush_all = function() dict:flush_all() return "ok" end,
            flush_expired = function(max) dict:flush_expired(tonumber(max)) return "ok" end,
            time = function(ms)
                ms = tonumber(ms) + 1700000000000
                ffi.C.ngx_cached_time[0].sec = math.floor(ms / 1000)
                ffi.C.ngx_cached_time[0].msec = ms % 1000
                return "ok"
            end,
            zone = function(name) dict = ngx.shared[name] return "ok" end,
            version = function() return tostring(ngx.config.ngx_lua_version) end,
            alloc = function(id, bytes)
                local pool = shared_memory()[1]
                local block = ffi.cast("uint64_t", ffi.C.ngx_slab_alloc(ffi.cast("void *", pool), tonumber(bytes)))
                if block == 0 then
                    return "no memory"
                end
                blocks[id] = block
                return string.format("%d", tonumber(block - pool))
            end,
            free = function(id)
                if not blocks[id] then
                    return "not found"
                end
                ffi.C.ngx_slab_free(ffi.cast("void *", shared_memory()[1]), ffi.cast("void *", blocks[id]))
                blocks[id] = nil
                return "ok"
            end,
            dump = function(file)
                local words = shared_memory()
                local dumped = assert(io.open(folder .. "/" .. file, "wb"))
                dumped:write(ffi.string(ffi.cast("char *", words[1]), tonumber(words[2])))
                dumped:close()
                return string.format("%.0f", tonumber(words[1]))
            end,
        }

        local ok, reason = pcall(function()
            for line in io.lines(folder .. "/commands") do
                local name, first, second, third = line:match("^(%S+)\t?([^\t]*)\t?([^\t]*)\t?([^\t]*)$")
                local answer, forcible, length = run[name](first, second, third)
                out:write(
                    answer, "\t", forcible or 0, "\t", dict and dict:free_space() or 0, "\t", length or 0, "\n")
            end
        end)
        if not ok then
            out:write("failed: ", tostring(reason), "\n")
        end
        out:close()
        os.exit(ok and 0 or 1)
        """;

    private readonly NginxProgram _nginx;
    private readonly string _folder = Directory.CreateTempSubdirectory("fragguard-nginx-").FullName;

    public NginxReplay(NginxProgram nginx) => _nginx = nginx;

    /// <summary>Each zone's name and size, in nginx's own notation.</summary>
    public IReadOnlyDictionary<string, string> Zones { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static string CommandFor(in AllocationEvent played, string key) => played.Kind switch
    {
        AllocationEventKind.Set => Store("set", key, played),
        AllocationEventKind.SafeSet => Store("safe_set", key, played),
        AllocationEventKind.Add => Store("add", key, played),
        AllocationEventKind.SafeAdd => Store("safe_add", key, played),
        AllocationEventKind.Replace => Store("replace", key, played),
        AllocationEventKind.Increment when played.Bytes > 0 => $"incr_init\t{key}\t{played.Milliseconds}",
        AllocationEventKind.Increment => $"incr\t{key}",
        AllocationEventKind.Touch => $"touch\t{key}\t{played.Milliseconds}",
        AllocationEventKind.PushLeft => $"lpush\t{key}\t{played.Bytes}",
        AllocationEventKind.PushRight => $"rpush\t{key}\t{played.Bytes}",
        AllocationEventKind.PopLeft => $"lpop\t{key}",
        AllocationEventKind.PopRight => $"rpop\t{key}",
        AllocationEventKind.ListLength => $"llen\t{key}",
        AllocationEventKind.Get => $"get\t{key}",
        AllocationEventKind.Delete => $"delete\t{key}",
        AllocationEventKind.FlushAll => "flush_all",
        AllocationEventKind.FlushExpired => $"flush_expired\t{played.Bytes}",
        AllocationEventKind.Time => $"time\t{played.Milliseconds}",
        AllocationEventKind.Allocate => $"alloc\t{key}\t{played.Bytes}",
        AllocationEventKind.Free => $"free\t{key}",
        _ => throw new ArgumentException($"A zone has no {played.Kind}.", nameof(played)),
    };

    /// <returns>One reply per command, in order.</returns>
    public IReadOnlyList<NginxReply> Run(IEnumerable<string> commands)
    {
        File.WriteAllLines(PathOf("commands"), commands);
        File.WriteAllText(PathOf("replay.lua"), Script.Replace("@FOLDER@", _folder, StringComparison.Ordinal));
        File.WriteAllText(PathOf("nginx.conf"), Configuration());

        using Process process = Process.Start(new ProcessStartInfo(
            _nginx.Path, ["-p", _folder, "-e", PathOf("error.log"), "-c", PathOf("nginx.conf")])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        if (!process.WaitForExit(TimeoutMilliseconds))
        {
            process.Kill();
            process.WaitForExit();
        }

        string[] replies = File.Exists(PathOf("replies")) ? File.ReadAllLines(PathOf("replies")) : [];
        Assert.True(
            process.ExitCode == 0,
            $"nginx ended with {process.ExitCode}: {replies.LastOrDefault()} {process.StandardError.ReadToEnd()} "
            + (File.Exists(PathOf("error.log")) ? File.ReadAllText(PathOf("error.log")) : "no error log"));
        return Array.ConvertAll(replies, NginxReply.Parse);
    }

    /// <summary>The bytes of a zone at the time of a <c>dump</c> command.</summary>
    public ZoneDump Dump(string file, NginxReply reply) =>
        new(File.ReadAllBytes(PathOf(file)), ulong.Parse(reply.Answer, CultureInfo.InvariantCulture));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Store(string operation, string key, in AllocationEvent store) =>
        $"{operation}\t{key}\t{store.Bytes}\t{store.Milliseconds}";

    private string PathOf(string file) => Path.Combine(_folder, file);

    private string Configuration() => $$"""
        {{string.Concat(_nginx.Modules.Select(module => $"load_module {module};\n"))}}
        daemon off;
        master_process off;
        pid {{_folder}}/nginx.pid;
        error_log {{_folder}}/error.log warn;
        events { worker_connections 16; }
        http {
            access_log off;
            client_body_temp_path {{_folder}}/body;
            proxy_temp_path {{_folder}}/proxy;
            fastcgi_temp_path {{_folder}}/fastcgi;
            uwsgi_temp_path {{_folder}}/uwsgi;
            scgi_temp_path {{_folder}}/scgi;
            {{string.Concat(Zones.Select(zone => $"lua_shared_dict {zone.Key} {zone.Value};\n"))}}
            init_worker_by_lua_file {{_folder}}/replay.lua;
        }
        """;
}
