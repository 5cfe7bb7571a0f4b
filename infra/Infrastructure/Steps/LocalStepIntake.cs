using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Claims;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// On a bus inside one process: claims as many steps as there are slots. Other processes on the same store claim the rest, and whoever
/// follows a run sees exceptions and judges them.
/// </summary>
internal sealed class LocalStepIntake<TSpec>(IClaimStore claims, IClaimOwners owners, StepSlots<TSpec> slots) : IStepIntake<TSpec>
    where TSpec : StepSpec
{
    public int MaxAttempts => int.MaxValue;

    public bool IsShared => false;

    public async Task<bool> TryTakeAsync(string key, CancellationToken cancellationToken)
    {
        if (!slots.TryReserve(key))
            return false;
        if (await claims.TryClaimAsync(key, owners.Mine, cancellationToken) is not null)
            return true;
        slots.Free(key);
        return false;
    }

    public async Task ReturnAsync(string key)
    {
        slots.Free(key);
        await claims.ReleaseAsync(key, owners.Mine, CancellationToken.None);
    }

    public bool TryStart(string key) => slots.TryStart(key);

    public Task<bool> TryContinueAsync(string key)
    {
        slots.Continue(key);
        return Task.FromResult(true);
    }

    // Nobody else hears this bus; other processes on the store find the step at their next sweep.
    public Task<bool> TryHandOverAsync(string key)
    {
        slots.Free(key);
        return Task.FromResult(false);
    }

    public async Task FaultAsync(string key, Exception exception)
    {
        slots.Fault(key);
        await claims.ReleaseAsync(key, owners.Mine, CancellationToken.None);
    }

    public void End(string key) => slots.Free(key);

    // There is one version in one process, so such a command was made up.
    public Task<bool> TryLeaveAsync(string key, string reason) => Task.FromResult(false);
}
