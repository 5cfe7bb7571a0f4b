using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Tests.Artifacts;
using Wrapped = Microsoft.Extensions.Options.Options;

namespace SparsePipeline.Infrastructure.Tests.Claims;

/// <summary>Claims of one step in a store, with a clock and owners that a test moves.</summary>
internal sealed class ClaimBench : IDisposable
{
    public const string Key = "0123abcd";
    private readonly ClaimOptions _options;

    public ClaimBench(ClaimOptions options)
    {
        _options = options;
        Store = NewStore(Time);
    }

    public TemporaryStore Files { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeOwners Owners { get; } = new();

    public ClaimStore Store { get; }

    /// <summary>The same claims as a process with another clock sees them.</summary>
    public ClaimStore NewStore(TimeProvider time) => new(Files.Objects, Wrapped.Create(_options), Owners, time);

    public async Task<bool> ClaimAsync(string owner) => await Store.TryClaimAsync(Key, owner, TestContext.Current.CancellationToken) is not null;

    public void Dispose() => Files.Dispose();
}
