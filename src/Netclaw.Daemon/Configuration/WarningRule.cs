using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Configuration;

/// <summary>One thing that a configuration is warned about.</summary>
/// <param name="Key">The one to set.</param>
/// <param name="When">In one clause, for the guide.</param>
/// <param name="Found">What is the matter, once for each place; nothing where all is well.</param>
internal sealed record WarningRule(string Id, string Key, string When, Func<NetclawOptions, IEnumerable<Finding>> Found)
{
    public IEnumerable<StartWarning> Of(NetclawOptions options) =>
        Found(options).Select(finding => new StartWarning(Id, Key, finding.Value, finding.Message, finding.Remedy));
}

/// <param name="Value">What stands at the key; null when nothing does.</param>
internal sealed record Finding(string? Value, string Message, string Remedy);
