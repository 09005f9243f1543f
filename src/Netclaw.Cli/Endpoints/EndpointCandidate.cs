using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Endpoints;

/// <summary>One place to try, with the only credential that may be used there. Closed.</summary>
public abstract record EndpointCandidate
{
    private EndpointCandidate()
    {
    }

    /// <summary>For people: which rule brought it up, and the address.</summary>
    public abstract string What { get; }

    public abstract string Address { get; }

    /// <summary>Rule as programs read it: url, control, host, profile.</summary>
    public abstract string Rule { get; }

    /// <summary>When nothing answers here, the next candidate is tried. What the user named is never passed over.</summary>
    public abstract bool MayBePassedOver { get; }

    /// <summary>The address that was named. Its credential is the profile of whatever gateway proves itself there, or the named profile's.</summary>
    public sealed record Named(string Url, string Source, string? ProfileName) : EndpointCandidate
    {
        public override string What => $"{Source} {Url}";
        public override string Address => Url;
        public override string Rule => "url";
        public override bool MayBePassedOver => false;
    }

    /// <summary>A control socket that was named by <c>unix:</c> and its path.</summary>
    public sealed record NamedSocket(string Path, string Source) : EndpointCandidate
    {
        public override string What => $"{Source} unix:{Path}";
        public override string Address => "unix:" + Path;
        public override string Rule => "url";
        public override bool MayBePassedOver => false;
    }

    /// <summary>This home's control socket: the kernel is the credential.</summary>
    public sealed record Control(string Path) : EndpointCandidate
    {
        public override string What => "control socket " + Path;
        public override string Address => "unix:" + Path;
        public override string Rule => "control";
        public override bool MayBePassedOver => true;
    }

    /// <summary>This home's daemon by TCP, with the host credential.</summary>
    public sealed record Host(string Url, GatewayId GatewayId) : EndpointCandidate
    {
        public override string What => "this home's daemon at " + Url;
        public override string Address => Url;
        public override string Rule => "host";
        public override bool MayBePassedOver => true;
    }

    /// <summary>A gateway that this home is paired with.</summary>
    public sealed record Paired(Profile Profile, string Source) : EndpointCandidate
    {
        public override string What => $"{Source} '{Profile.Name}' at {Profile.Url}";
        public override string Address => Profile.Url;
        public override string Rule => "profile";
        public override bool MayBePassedOver => false;
    }
}
