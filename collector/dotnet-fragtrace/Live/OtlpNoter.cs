using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Live;

/// <summary>Sends what is exported and says, once, when it does not arrive; and once more when it does again.</summary>
internal sealed class OtlpNoter(Uri endpoint, Action<string> say) : DelegatingHandler(new SocketsHttpHandler())
{
    private bool _isDown;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = base.Send(request, cancellationToken);
            Note(response.StatusCode);
            return response;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Note(exception);
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Note(response.StatusCode);
            return response;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Note(exception);
            throw;
        }
    }

    private void Note(HttpStatusCode status)
    {
        if ((int)status is >= 200 and < 300)
            NoteUp();
        else
            NoteDown(FormattableString.Invariant($"it answers {(int)status} {status}"));
    }

    private void Note(Exception exception) =>
        NoteDown(exception is OperationCanceledException ? "it does not answer in time" : exception.Message.TrimEnd('.'));

    private void NoteUp()
    {
        if (_isDown)
            say($"Metrics arrive at {endpoint} again.");
        _isDown = false;
    }

    private void NoteDown(string reason)
    {
        if (!_isDown)
            say($"Metrics do not arrive at {endpoint}: {reason}. The view goes on.");
        _isDown = true;
    }
}
