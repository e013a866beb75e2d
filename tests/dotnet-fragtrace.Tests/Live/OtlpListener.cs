using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Tests.Live;

/// <summary>A collector on the loopback that keeps what it is sent.</summary>
internal sealed class OtlpListener : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<OtlpRequest> _requests = [];

    public OtlpListener()
    {
        Endpoint = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Endpoint + "/v1/metrics/");
        _listener.Start();
        _ = Task.Run(ListenAsync);
    }

    public string Endpoint { get; }

    public static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits for a request that is like that.</summary>
    public async Task<OtlpRequest> ReceivedAsync(Predicate<OtlpRequest> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            lock (_requests)
            {
                if (_requests.Find(condition) is { } found)
                    return found;
            }

            Assert.True(clock.Elapsed < Patience, $"{_requests.Count} requests came, none like that.");
            await Task.Delay(20);
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        while (true)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using MemoryStream body = new();
                await context.Request.InputStream.CopyToAsync(body);
                OtlpRequest request = OtlpRequest.Read(body.ToArray());
                lock (_requests)
                    _requests.Add(request);
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
