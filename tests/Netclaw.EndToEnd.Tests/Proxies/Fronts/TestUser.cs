using System.Text;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>The one user whom the proxies know, by name and password.</summary>
internal static class TestUser
{
    public const string Name = "alice";
    public const string Password = "correct horse";

    /// <summary>Of <see cref="Password"/>, with the fewest rounds there are.</summary>
    public const string Sha256Crypt = "$5$rounds=1000$netclawtest$ufACHLdhpv4.8K0HvGU2RS.e1694hF6I/iMq7naRDL.";

    /// <summary>Of <see cref="Password"/>, with the lowest cost there is.</summary>
    public const string Bcrypt = "$2b$04$wCPdf0DPp4m3l8tqUC.VP.2FmIP08NfpPt9EBPbLye2XPz6.3ED0C";

    /// <summary>A header line (RFC 7617).</summary>
    public static string Authorization => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Name}:{Password}"));
}
