namespace Netclaw.Protocol;

/// <summary>What the command line exits with; the numbers of sysexits where one fits.</summary>
public static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>Nothing is broken, something is worth a look.</summary>
    public const int Warned = 2;

    public const int Usage = 64;
    public const int Unavailable = 69;
    public const int Internal = 70;
    public const int CannotCreate = 73;
    public const int TryAgain = 75;
    public const int Refused = 77;
    public const int Config = 78;
    public const int TimedOut = 124;
    public const int Cancelled = 130;
}
