using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Cli.Profiles;

/// <summary>One gateway that this home is paired with. Bound to the gateway's id: its key is never shown to another one.</summary>
/// <param name="KeyFile">Relative to the client directory.</param>
/// <param name="PairedAt">Unix ms.</param>
public sealed record Profile(
    string Name, string Url, GatewayId GatewayId, string GatewayName, PublicKey GatewayKey, DeviceId DeviceId, string KeyFile, Role Role,
    ScopeSet Scopes, long PairedAt)
{
    /// <summary>The key that a rotation made and that may already be the one in force; relative to the client directory. Null: no rotation is under way.</summary>
    public string? NextKeyFile { get; init; }
}

/// <summary>The content of <c>client/profiles.json</c>.</summary>
public sealed record ProfileBook(int Version, ImmutableArray<Profile> Profiles)
{
    public const int CurrentVersion = 1;

    /// <summary>Name of the profile used when nothing else is said.</summary>
    public string? Default { get; init; }

    public static ProfileBook Empty { get; } = new(CurrentVersion, []);

    [JsonIgnore]
    public Profile? DefaultProfile => Default is null ? null : ByName(Default);

    public Profile? ByName(string name) => Profiles.FirstOrDefault(profile => profile.Name == name);

    public Profile? ByGateway(GatewayId gateway) => Profiles.FirstOrDefault(profile => profile.GatewayId == gateway);

    public Profile? ByUrl(string url) => Profiles.FirstOrDefault(profile => profile.Url == url);

    /// <summary>
    /// With <paramref name="paired"/> in it: in place of the profile of the same gateway, else added. A name that another gateway
    /// has gets a number. The first one becomes the default, and so does one that follows the default's gateway at its address.
    /// </summary>
    public ProfileBook With(Profile paired, out Profile stored)
    {
        var others = Profiles.RemoveAll(profile => profile.GatewayId == paired.GatewayId);
        var named = paired with { Name = FreeName(paired.Name, others) };
        stored = named;
        var before = ByGateway(paired.GatewayId);
        var takesDefault = DefaultProfile is not { } standing || standing.GatewayId == paired.GatewayId || standing.Url == paired.Url;
        var place = before is null ? others.Length : Profiles.IndexOf(before);
        return this with { Profiles = others.Insert(place, named), Default = takesDefault ? named.Name : Default };
    }

    private static string FreeName(string wanted, ImmutableArray<Profile> others)
    {
        var name = wanted;
        for (var number = 2; others.Any(profile => profile.Name == name); number++)
        {
            name = $"{wanted}-{number}";
        }

        return name;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProfileBook))]
internal sealed partial class ProfileJson : JsonSerializerContext;
