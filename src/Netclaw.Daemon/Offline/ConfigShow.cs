using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Schema;
using Netclaw.Daemon.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <param name="Problems">How many things are wrong with it; <c>config-check</c> names them. What is wrong is shown with its default.</param>
internal sealed record ConfigShown(string File, bool Exists, int Problems, ImmutableArray<ShownKey> Keys);

/// <param name="Value">In force; null for nothing, <c>***</c> for a secret.</param>
/// <param name="Default">Null: nothing, or no fixed value.</param>
/// <param name="Note">What the default is, where it is no fixed value.</param>
/// <param name="Source"><c>default</c>, <c>file</c>, or the name of an environment variable.</param>
internal sealed record ShownKey(string Key, JsonNode? Value, JsonNode? Default, string? Note, string Source, string Description);

/// <summary>Every setting as it is in force, with where it comes from. Secrets are never shown.</summary>
internal sealed class ConfigShow : IOfflineVerb
{
    public string Name => "config-show";

    public IReadOnlyList<string> Options => ["--file"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        var file = call.Option("--file") is { } named ? Path.GetFullPath(named) : call.Home.ConfigFile;
        var config = ConfigFile.Read(file, null, call.Machine, mustExist: call.Option("--file") is not null);
        var keys = config.Keys.IsEmpty ? ConfigFile.Empty().Keys : config.Keys;
        var fromEnvironment = FromEnvironment(config.Options.Auth.Mode, call.Environment);
        call.Say(new ConfigShown(
            file, File.Exists(file), config.Problems.Length,
            [.. keys.Where(key => key.Shape is not KeyShape.Group && key.Path[0] != '$').Select(key => Shown(key, fromEnvironment))]), OfflineJson.Readable.ConfigShown);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static ShownKey Shown(ConfigKey key, (string Key, string Variable)? fromEnvironment) => fromEnvironment is { } set && set.Key == key.Path
        ? new ShownKey(key.Path, JsonValue.Create(ValuePlace.Hidden), null, key.DefaultNote, set.Variable, key.Description)
        : new ShownKey(key.Path, key.Value, key.Default, key.DefaultNote, key.Given ? "file" : "default", key.Description);

    /// <summary>The environment comes before everything in the file.</summary>
    private static (string Key, string Variable)? FromEnvironment(AuthMode mode, Func<string, string?> environment) => mode switch
    {
        AuthMode.Token when !string.IsNullOrEmpty(environment(SharedSecretSetup.TokenVariable)) => ("auth.token", SharedSecretSetup.TokenVariable),
        AuthMode.Password when !string.IsNullOrEmpty(environment(SharedSecretSetup.PasswordVariable)) => ("auth.password", SharedSecretSetup.PasswordVariable),
        _ => null,
    };
}
