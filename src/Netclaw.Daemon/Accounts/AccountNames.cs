using System.Collections.Immutable;
using System.Globalization;

namespace Netclaw.Daemon.Accounts;

/// <summary>Users and groups as netclaw.json names them, by name or number, as the numbers that the kernel reports.</summary>
internal static class AccountNames
{
    public static uint? UserOf(this IAccounts accounts, string text) => Number(text) ?? accounts.FindUser(text);

    public static uint? GroupOf(this IAccounts accounts, string text) => Number(text) ?? accounts.FindGroup(text);

    /// <summary>Those who are known; who is not was told before.</summary>
    public static ImmutableArray<uint> Known(ImmutableArray<string> texts, Func<string, uint?> find) =>
        [.. texts.Select(find).OfType<uint>().Distinct()];

    private static uint? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
