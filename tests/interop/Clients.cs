namespace Netclaw.Interop.Tests;

/// <summary>Where <c>install.sh</c> put the clients.</summary>
internal static class Clients
{
    private static readonly string Cache = Environment.GetEnvironmentVariable("NETCLAW_INTEROP_CACHE") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "netclaw-interop");

    public static string Small => Path.Combine(Cache, "small");

    /// <summary>A real agent of the Agent Client Protocol.</summary>
    public static string Agent => Path.Combine(Cache, "agent");

    public static string Full => Path.Combine(Cache, "full");

    public static string Schema => Path.Combine(Small, "node_modules", "@openclaw", "gateway-protocol", "protocol.schema.json");

    public static string CommandLine => Path.Combine(Full, "node_modules", "openclaw", "openclaw.mjs");

    public static string Node => Path.Combine(Cache, "node", "node_modules", "node", "bin", "node");

    public static bool HasSmall => File.Exists(Node) && File.Exists(Path.Combine(Small, "installed.json"));

    public static bool HasAgent => File.Exists(Node) && File.Exists(Path.Combine(Agent, "installed.json"));

    public static bool HasFull => File.Exists(Node) && File.Exists(Path.Combine(Full, "installed.json"));

    /// <summary>Why a test is skipped; null: it runs. In CI it is skipped only where <c>install.sh</c> has said that there was no npm, or no registry: whatever else is missing shows as a failure.</summary>
    /// <param name="folder">Of <see cref="Cache"/>.</param>
    public static string? Skip(bool has, string folder, string needs) => Skip(has, folder, needs, Cache, Environment.GetEnvironmentVariable("CI") == "true");

    internal static string? Skip(bool has, string folder, string needs, string cache, bool isCi) =>
        has || (isCi && !File.Exists(Path.Combine(cache, folder + ".missing")) && !File.Exists(Path.Combine(cache, "node.missing"))) ? null : $"needs {needs} (tests/interop/install.sh)";
}

/// <summary>A test that needs the reference client.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithReferenceClientFactAttribute : FactAttribute
{
    public WithReferenceClientFactAttribute() => Skip = Clients.Skip(Clients.HasSmall, "small", "the reference client");
}

/// <summary>A test that needs the library that real agents are made of.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithAgentFactAttribute : FactAttribute
{
    public WithAgentFactAttribute() => Skip = Clients.Skip(Clients.HasAgent, "agent", "the agents' library");
}

/// <summary>A test that needs the whole client.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithWholeClientFactAttribute : FactAttribute
{
    public WithWholeClientFactAttribute() => Skip = Clients.Skip(Clients.HasFull, "full", "the whole client, NETCLAW_INTEROP=full");
}
