using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Files that hold secrets, and whether anybody but their owner can read them: keys, the client's keys, backups, and a netclaw.json with a token in it.</summary>
internal sealed class SecretsCheck : ICheck
{
    private static readonly FindingKind Open = new("secret_open", Severity.Error, "Others can read a key or a backup: it has to count as known to them.", "chmod 600 <path>");
    private static readonly FindingKind Foreign = new("secret_foreign", Severity.Error, "A key or a backup belongs to another user, who can replace it.", "ls -l <path>");
    private static readonly FindingKind InConfig = new("config_secret_open", Severity.Warning, "netclaw.json holds a token or a password, and others can read it.", "chmod 600 <path>");

    public string Id => "secrets";

    public string Looks => "Everything in keys/, client/ and backups/, and netclaw.json if it holds a secret: owner and mode.";

    public ImmutableArray<FindingKind> Kinds => [Open, Foreign, InConfig];

    public Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => Task.FromResult(Of(visit.Home));

    public CheckReport Of(NetclawHome home)
    {
        var owner = UserId.Current == UserId.Root && FileFacts.OfPath(home.Root) is { } root ? root.Owner : UserId.Current;
        var files = Secrets(home).ToImmutableArray();
        var seen = files.SelectMany(file => FileFacts.OfPath(file) is { Kind: FileKind.File } facts ? Of(file, facts, owner) : []);
        return CheckReport.Of(Id, $"{files.Length} files that only their owner may read.", [.. seen, .. OfConfig(home.ConfigFile)]);
    }

    private static IEnumerable<string> Secrets(NetclawHome home) =>
        new[] { home.KeysDirectory, home.ClientDirectory, Path.Combine(home.Root, "backups") }
            .Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 }))
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)) // Empty, and nobody's secret.
            .Order(StringComparer.Ordinal);

    private static IEnumerable<DoctorFinding> Of(string file, FileFacts facts, uint owner)
    {
        if (facts.Owner != owner && facts.Owner != UserId.Root)
        {
            yield return Foreign.At(string.Create(CultureInfo.InvariantCulture, $"{file} belongs to user {facts.Owner}, not to user {owner}."), file);
        }

        if (facts.IsOpenToOthers)
        {
            yield return Open.At($"{file} has mode {facts.ModeText}; it must be 0600. Others may have read it: close it, then rotate what it holds.", file);
        }
    }

    private static IEnumerable<DoctorFinding> OfConfig(string file) => FileFacts.OfPath(file) is { IsOpenToOthers: true } facts && HoldsSecret(file)
        ? [InConfig.At($"{file} holds a secret and has mode {facts.ModeText}. Close it, or keep the secret in a file of its own (auth.tokenFile, auth.passwordFile).", file)]
        : [];

    /// <summary>Read forgivingly: whether the file is right is the configuration's check.</summary>
    private static bool HoldsSecret(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("auth", out var auth) && auth.ValueKind == JsonValueKind.Object
                && (auth.TryGetProperty("token", out _) || auth.TryGetProperty("password", out _));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }
}
