namespace Netclaw.Actors.Trust.Secrets;

/// <summary>What all addresses together may guess: a bucket that holds one minute's worth and fills evenly. Not thread-safe.</summary>
internal sealed class GuessBudget(int perMinute)
{
    private double _left = perMinute;
    private TimeSpan _at;

    /// <returns>Null when there is enough for one guess.</returns>
    public TimeSpan? Wait(TimeSpan now)
    {
        Fill(now);
        return _left >= 1 ? null : TimeSpan.FromMinutes((1 - _left) / perMinute);
    }

    public void Spend(TimeSpan now)
    {
        Fill(now);
        _left--;
    }

    private void Fill(TimeSpan now)
    {
        _left = Math.Min(perMinute, _left + (now - _at).TotalMinutes * perMinute);
        _at = now;
    }
}
