using Netclaw.KillLoop.Oracle;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Clients;

/// <summary>Code first: minting, guessing, redeeming, and trying what must not work again.</summary>
internal sealed class CodeActs(Field field)
{
    /// <summary>A fresh code, now and then guessed at, then redeemed by a fresh key.</summary>
    public async Task PairAsync(Random random)
    {
        if (await MintAsync(random) is not { } code)
        {
            return;
        }

        await UseAsync(code);
        if (code.SpentBy is not null && random.Next(2) == 0)
        {
            await TryAgainAsync(code);
        }
    }

    /// <summary>Guessed at as often as it is to be, then redeemed by a fresh key. A code that is good pairs it, one that is out of tries does not.</summary>
    public async Task UseAsync(LedgerCode code)
    {
        while (code.IsToBeGuessedAt)
        {
            field.Ledger.Begin(code);
            await field.Client.BeginAsync(field.Stranger.Key, code.Code.Id);
            field.Ledger.Begun(code);
        }

        var (good, dead) = (code.MustBeGood(DateTimeOffset.UtcNow), code.MustBeDead);
        var device = field.Ledger.Add();
        field.Ledger.Propose(device, new Facts(Standing.Paired, code.Name, code.Scopes));
        field.Ledger.Redeem(device, code);
        try
        {
            await field.Client.PairByCodeAsync(device.Key, code.Code, "named by its code", code.Scopes);
            if (dead)
            {
                throw new BrokenPromiseException(Promise.CountsEveryTry, $"code {code} paired {device.Id.Short}");
            }

            field.Ledger.Acknowledge(device);
        }
        catch (GatewayException refusal) when (refusal.Code is RefusalCode.PairingCodeInvalid or RefusalCode.PairingCodeExpired or RefusalCode.PairingCodeUsed)
        {
            field.Ledger.Withdraw(device, refusal.Error.Code);
            field.Ledger.Forget(code);
            if (good && code.IsFresh(DateTimeOffset.UtcNow))
            {
                throw new BrokenPromiseException(Promise.KeepsWhatItAcknowledged, $"code {code} was handed out, and is refused: {refusal.Message}", refusal);
            }
        }

        field.Ledger.Release(device);
    }

    /// <summary>A code that has paired somebody, by another key.</summary>
    public async Task TryAgainAsync(LedgerCode code)
    {
        field.Ledger.Forget(code);
        try
        {
            await field.Client.PairByCodeAsync(field.Stranger.Key, code.Code, "second of its code", code.Scopes);
        }
        catch (GatewayException refusal) when (refusal.Code is RefusalCode.PairingCodeInvalid or RefusalCode.PairingCodeExpired or RefusalCode.PairingCodeUsed)
        {
            return;
        }

        throw new BrokenPromiseException(Promise.SpendsACodeOnce, $"code {code} paired a second key, {field.Stranger.Id.Short}");
    }

    private async Task<LedgerCode?> MintAsync(Random random)
    {
        var (name, scopes) = (field.Ledger.FreshName(), Field.AnyScopes(random));
        try
        {
            var minted = await field.Operator.MintAsync(name, scopes);
            if (!PairingCode.TryParse(minted.Code.Reveal(), out var code))
            {
                throw new BrokenPromiseException(Promise.ServesWhileItRuns, $"what was minted as {minted.CodeId} is no code");
            }

            var guesses = random.Next(4) switch { 0 => LedgerCode.MostTries, 1 => 1 + random.Next(LedgerCode.MostTries - 1), _ => 0 };
            var kept = new LedgerCode(code, name, scopes, DateTimeOffset.FromUnixTimeMilliseconds(minted.ExpiresAtMs), guesses);
            field.Ledger.Keep(kept);
            return kept;
        }
        catch (GatewayException refusal) when (refusal.Code is RefusalCode.TooManyLiveCodes)
        {
            return null; // codes whose answer was lost live on until they run out
        }
    }
}
