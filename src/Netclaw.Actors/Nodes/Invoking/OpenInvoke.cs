using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>A node was asked and has not answered.</summary>
internal sealed class OpenInvoke(InvokeRequest request, DateTimeOffset deadline)
{
    public InvokeRequest Request => request;

    public DateTimeOffset Deadline => deadline;

    /// <summary>Never empty: when the last one goes, so does the invocation.</summary>
    public List<Waiter> Waiters { get; } = [request.Waiter];

    /// <summary>Of the last progress that was told on.</summary>
    public long Seq { get; set; } = -1;
}
