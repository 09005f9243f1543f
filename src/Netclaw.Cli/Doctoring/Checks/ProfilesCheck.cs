using System.Collections.Immutable;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Output;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>The gateways that this home is paired with as a client: the file, and each profile's key, as they would be used.</summary>
internal sealed class ProfilesCheck : ICheck
{
    private static readonly FindingKind Unreadable = new("profile_unreadable", Severity.Error, "The profiles, or the key of one, cannot be used: missing, open to others, damaged, or another device's.", FindingKind.AnyCommand);
    private static readonly FindingKind OtherGateway = new("profile_gateway_differs", Severity.Warning, "A profile is for another gateway than the one of this home, which is now at its address.", "netclaw pair <url>");

    public string Id => "profiles";

    public string Looks => "client/profiles.json: readable; each profile's key file there, private, and the one that was paired; its gateway the one at its address, where that is this home's.";

    public ImmutableArray<FindingKind> Kinds => [Unreadable, OtherGateway];

    public Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => Task.FromResult(Of(visit.Home, visit.Context.Profiles));

    private CheckReport Of(NetclawHome home, ProfileStore store)
    {
        ProfileBook book;
        try
        {
            book = store.Load();
        }
        catch (CommandFailure damage)
        {
            return CheckReport.Of(Id, "They cannot be read.", Unreadable.Then(damage.Error.Message, damage.Error.Remedy ?? $"ls -la '{home.ClientDirectory}'"));
        }

        var own = book.Profiles.IsEmpty ? null : EndpointSurvey.HostOf(home);
        return CheckReport.Of(Id, $"{Spoken.Count(book.Profiles.Length, "profile")}{(book.Default is { } name ? $", by default {name}" : "")}.", [.. book.Profiles.SelectMany(profile => Of(profile, store, own))]);
    }

    private static IEnumerable<DoctorFinding> Of(Profile profile, ProfileStore store, HostFacts? own)
    {
        if (KeyProblem(profile, store) is { } problem)
        {
            yield return problem;
        }

        if (own is not null && own.Urls.Any(url => IsSame(url, profile.Url)) && own.GatewayId != profile.GatewayId)
        {
            yield return OtherGateway.Found(
                $"Profile '{profile.Name}' is for {profile.GatewayId} at {profile.Url}, where this home's gateway {own.GatewayId} is now.", "<url>", profile.Url);
        }
    }

    private static bool IsSame(string one, string other) => Uri.TryCreate(one, UriKind.Absolute, out var first) && Uri.TryCreate(other, UriKind.Absolute, out var second) && first == second;

    private static DoctorFinding? KeyProblem(Profile profile, ProfileStore store)
    {
        try
        {
            store.KeyOf(profile).Dispose();
            return profile.GatewayKey.GatewayId == profile.GatewayId ? null
                : Unreadable.Then($"Profile '{profile.Name}' names {profile.GatewayId} beside the key of {profile.GatewayKey.GatewayId}: it was changed by something other than netclaw.", $"netclaw pair {profile.Url}");
        }
        catch (CommandFailure damage)
        {
            return Unreadable.Then(damage.Error.Message, damage.Error.Remedy ?? $"netclaw pair {profile.Url}");
        }
    }
}
