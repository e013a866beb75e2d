using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FragGuard.FragTrace.Tests.Server;

/// <summary>Serves on a free port of this machine for as many seconds as its argument says, and prints its address.</summary>
internal static class Program
{
    private const int Keys = 500;

    private static async Task Main(string[] arguments)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryCache();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/text", () => "hello");
        app.MapGet("/rented", Rented);
        app.MapGet("/cached", (IMemoryCache cache) => Cached(cache));

        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(int.Parse(arguments[0], CultureInfo.InvariantCulture)));
        await app.StartAsync(limit.Token).ConfigureAwait(false);
        Console.WriteLine($"serving {app.Urls.Single()}");
        try
        {
            await Task.Delay(Timeout.Infinite, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task Rented(HttpContext context)
    {
        byte[] page = ArrayPool<byte>.Shared.Rent(Random.Shared.Next(1_000, 200_000));
        await context.Response.Body.WriteAsync(page.AsMemory(0, 1_000)).ConfigureAwait(false);
        ArrayPool<byte>.Shared.Return(page);
    }

    private static string Cached(IMemoryCache cache)
    {
        byte[]? value = cache.GetOrCreate(Random.Shared.Next(Keys), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMilliseconds(100);
            return new byte[Random.Shared.Next(200, 150_000)];
        });
        return value!.Length.ToString(CultureInfo.InvariantCulture);
    }
}
