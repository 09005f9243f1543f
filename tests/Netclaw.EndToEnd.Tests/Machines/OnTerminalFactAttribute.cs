namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>A test that types on a real terminal: <c>script</c> of util-linux makes one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnTerminalFactAttribute : FactAttribute
{
    public const string Script = "/usr/bin/script";

    public OnTerminalFactAttribute() => Skip = File.Exists(Script) ? null : $"needs {Script} (bsdutils)";
}
