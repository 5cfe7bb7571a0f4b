using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// On a bus that processes share: every ready step is sent once to the queue of its kind, and the mark <c>sent</c> in its claim says so. The broker
/// hands commands to free workers in the order the steps became ready, so no run starves; a mark that nobody answers is sent again.
/// </summary>
internal sealed class SharedStepIntake<TSpec>(IClaimStore claims, IClaimOwners owners, StepSlots<TSpec> slots, IOptions<ClaimOptions> options)
    : IStepIntake<TSpec>
    where TSpec : StepSpec
{
    public int MaxAttempts => options.Value.MaxAttempts;

    public bool IsShared => true;

    public Task<bool> TryTakeAsync(string key, CancellationToken cancellationToken) => claims.TryMarkSentAsync(key, cancellationToken);

    public Task ReturnAsync(string key) => claims.WithdrawAsync(key, CancellationToken.None);

    public bool TryStart(string key) => slots.TryStart(key);

    // Marked before it is sent: a process killed in between leaves a mark that runs out, not a claim without a holder.
    public async Task<bool> TryContinueAsync(string key)
    {
        slots.Free(key);
        return await claims.TryHandOnAsync(key, owners.Mine, CancellationToken.None);
    }

    public Task<bool> TryHandOverAsync(string key)
    {
        slots.Free(key);
        return claims.TryMarkSentAsync(key, CancellationToken.None);
    }

    // An outage of the store is not the step's fault, so it does not count as one of its attempts.
    public Task FaultAsync(string key, Exception exception)
    {
        slots.Free(key);
        return exception is StoreUnavailableException
            ? claims.ReleaseAsync(key, owners.Mine, CancellationToken.None)
            : claims.PauseAsync(key, owners.Mine, exception.Message, CancellationToken.None);
    }

    public void End(string key) => slots.Free(key);

    public Task<bool> TryLeaveAsync(string key, string reason) => claims.TryLeaveAsync(key, reason, CancellationToken.None);
}
