using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Simulation.Tests;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>
/// A real nginx with master and one worker and zones of every kind, on a socket in its own folder. A request runs Lua in
/// the worker. It ends with the test, or by itself after ten minutes.
/// </summary>
internal sealed class NginxServer : IDisposable
{
    private readonly NginxProgram _nginx = LivePrograms.RequireNginxWithLua();
    private readonly string _folder = Directory.CreateTempSubdirectory("fragguard-zones-").FullName;
    private readonly Process _master;
    private readonly HttpClient _client;

    /// <param name="zones">Directives of zones besides those that every server has.</param>
    public NginxServer(string zones = "")
    {
        _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, stop) => ConnectAsync(stop) })
        {
            BaseAddress = new Uri("http://zones"), Timeout = Patience,
        };
        File.WriteAllText(PathOf("nginx.conf"), Configuration(zones));
        _master = Process.Start(new ProcessStartInfo(
            _nginx.Path, ["-p", _folder, "-e", PathOf("error.log"), "-c", PathOf("nginx.conf")])
        {
            UseShellExecute = false,
        })!;
        WorkerId = WaitForWorker();
    }

    public int MasterId => _master.Id;

    public int WorkerId { get; }

    /// <summary>Runs Lua in the worker and returns what it returns, as text.</summary>
    public string Lua(string code)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/lua") { Content = new StringContent(code) };
        using HttpResponseMessage response = _client.Send(request);
        using StreamReader answer = new(response.Content.ReadAsStream());
        string text = answer.ReadToEnd();
        Assert.True(response.IsSuccessStatusCode, text + File.ReadAllText(PathOf("error.log")));
        return text;
    }

    public long LuaNumber(string code) => (long)double.Parse(Lua(code), CultureInfo.InvariantCulture);

    public async Task<string> GetAsync(string path) => await _client.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>The bytes of a shared dictionary's zone as the worker itself sees them, and their address.</summary>
    public (byte[] Bytes, ulong Address) Dump(string dict)
    {
        string address = Lua($$"""
            local ffi = require "ffi"
            local words = ffi.cast("uint64_t *", ffi.C.ngx_http_lua_ffi_shdict_udata_to_zone(ngx.shared.{{dict}}[1]))
            local file = assert(io.open("{{_folder}}/dump", "wb"))
            file:write(ffi.string(ffi.cast("char *", words[1]), tonumber(words[2])))
            file:close()
            return string.format("%.0f", tonumber(words[1]))
            """);
        return (File.ReadAllBytes(PathOf("dump")), ulong.Parse(address, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _client.Dispose();
        using (Process stop = Process.Start(new ProcessStartInfo(
            _nginx.Path, ["-p", _folder, "-e", PathOf("error.log"), "-c", PathOf("nginx.conf"), "-s", "stop"])
        {
            UseShellExecute = false,
        })!)
        {
            stop.WaitForExit();
        }

        if (!_master.WaitForExit(Patience))
            _master.Kill(entireProcessTree: true);
        _master.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private int WaitForWorker()
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (waited.Elapsed < Patience && !_master.HasExited)
        {
            try
            {
                return (int)LuaNumber("return ngx.worker.pid()");
            }
            catch (HttpRequestException)
            {
                Thread.Sleep(20);
            }
        }

        throw new InvalidOperationException("nginx did not start: " + File.ReadAllText(PathOf("error.log")));
    }

    private async ValueTask<Stream> ConnectAsync(CancellationToken stop)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(PathOf("socket")), stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private string Configuration(string zones) => $$"""
        {{string.Concat(_nginx.Modules.Select(module => $"load_module {module};\n"))}}
        daemon off;
        worker_processes 1;
        pid {{_folder}}/nginx.pid;
        error_log {{_folder}}/error.log warn;
        {{(Environment.UserName is "root" ? "user root;" : "")}}
        events { worker_connections 64; }
        http {
            access_log off;
            client_body_temp_path {{_folder}}/body;
            client_body_buffer_size 64k;
            proxy_temp_path {{_folder}}/proxy;
            fastcgi_temp_path {{_folder}}/fastcgi;
            uwsgi_temp_path {{_folder}}/uwsgi;
            scgi_temp_path {{_folder}}/scgi;
            lua_shared_dict cats 1m;
            lua_shared_dict dogs 100k;
            lua_shared_dict tiny 12k;
            limit_req_zone $arg_k zone=requests:128k rate=1000r/s;
            limit_conn_zone $arg_k zone=connections:64k;
            proxy_cache_path {{_folder}}/cache keys_zone=pages:1m;
            ssl_session_cache shared:sessions:256k;
            upstream backend { zone backends 64k; server unix:{{_folder}}/socket; }
            {{zones}}
            init_worker_by_lua_block {
                ngx.timer.at(600, function(premature)
                    if premature then return end
                    local ffi = require "ffi"
                    ffi.cdef "int kill(int, int); int getppid(void);"
                    ffi.C.kill(ffi.C.getppid(), 15)
                end)
            }
            server {
                listen unix:{{_folder}}/socket;
                location /lua {
                    content_by_lua_block {
                        ngx.req.read_body()
                        local result = assert(loadstring(ngx.req.get_body_data()))()
                        ngx.print(tostring(result))
                    }
                }
                location /limited {
                    limit_req zone=requests burst=1000 nodelay;
                    limit_conn connections 100;
                    return 200 "limited";
                }
                location /cached {
                    proxy_cache pages;
                    proxy_cache_valid any 10m;
                    proxy_pass http://backend/limited;
                }
            }
        }
        """;
}
