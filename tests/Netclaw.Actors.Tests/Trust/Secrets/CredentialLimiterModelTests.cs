using Xunit.Abstractions;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>The limiter against the plainest thing that could be right: a list that is searched from the start.</summary>
public sealed class CredentialLimiterModelTests(ITestOutputHelper output)
{
    private const int Steps = 4000;

    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    [InlineData(4711)]
    [InlineData(99)]
    [InlineData(123456)]
    public void Agrees_WithItsModel(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var limits = new CredentialLimits
        {
            MaxAttempts = random.Next(1, 5), MaxEntries = random.Next(1, 7), GlobalPerMinute = random.Next(20, 400),
            Window = TimeSpan.FromSeconds(random.Next(5, 60)), Lockout = TimeSpan.FromSeconds(random.Next(5, 120)),
        };
        var (limiter, model) = (new CredentialLimiter(limits), new Model(limits));
        var now = TimeSpan.Zero;
        for (var step = 0; step < Steps; step++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(0, 3) == 0 ? 0 : random.Next(0, 4000));
            var key = new LimitKey((CredentialClass)random.Next(2), new AddressKey((ulong)random.Next(9), 4));
            var right = random.Next(5) == 0;

            Assert.Equal((step, model.Judge(key, right, now)), (step, limiter.Judge(key, right, now).Verdict));
            Assert.True(limiter.Count <= limits.MaxEntries);
        }
    }

    private sealed class Model(CredentialLimits limits)
    {
        private readonly List<Address> _known = [];
        private double _budget = limits.GlobalPerMinute;
        private TimeSpan _last;

        public SecretVerdict Judge(LimitKey key, bool right, TimeSpan now)
        {
            _budget = Math.Min(limits.GlobalPerMinute, _budget + (now - _last).TotalMinutes * limits.GlobalPerMinute);
            _last = now;
            _known.RemoveAll(address => now >= address.Until);
            var mine = _known.Find(address => address.Key == key);
            var noRoom = mine is null && _known.Count(address => address.IsLocked) >= limits.MaxEntries;
            var isShared = key.Class == CredentialClass.SharedSecret;
            if (mine is { IsLocked: true } || noRoom || (isShared && _budget < 1))
            {
                return SecretVerdict.Limited;
            }

            if (right)
            {
                _known.RemoveAll(address => address.Key == key);
                return SecretVerdict.Valid;
            }

            _budget -= isShared ? 1 : 0;
            if (mine is null)
            {
                if (_known.Count >= limits.MaxEntries)
                {
                    _known.Remove(_known.First(address => !address.IsLocked));
                }

                _known.Add(mine = new Address(key) { Until = now + limits.Window });
            }

            if (++mine.Wrong >= limits.MaxAttempts)
            {
                mine.IsLocked = true;
                mine.Until = now + limits.Lockout;
            }

            return SecretVerdict.Wrong;
        }

        private sealed class Address(LimitKey key)
        {
            public LimitKey Key => key;
            public int Wrong { get; set; }
            public bool IsLocked { get; set; }
            public TimeSpan Until { get; set; }
        }
    }
}
