using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// The steps of one kind this process has taken on. No more are claimed than can run at once, so that several processes
/// share a run's steps and nothing is held that nobody works on.
/// </summary>
/// <param name="capacity">Steps of this kind at the same time.</param>
/// <param name="patience">How long a command may take to arrive before it counts as lost.</param>
/// <param name="time">Clock.</param>
public sealed class StepSlots<TSpec>(int capacity, TimeSpan patience, TimeProvider time)
    where TSpec : StepSpec
{
    private static readonly TimeSpan FaultPause = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SlotState State, long Since, TimeSpan Duration)> _slots = new(StringComparer.Ordinal);

    private enum SlotState
    {
        Sent,
        Running,
        Faulted,
    }

    /// <summary>Steps at the same time.</summary>
    public int Capacity => capacity;

    /// <summary>Takes a slot for a step whose command is about to be sent; false when none is free or the step has one.</summary>
    public bool TryReserve(string key)
    {
        lock (_gate)
        {
            ForgetOld();
            var taken = _slots.Values.Count(s => s.State != SlotState.Faulted);
            return taken < capacity && _slots.TryAdd(key, (SlotState.Sent, time.GetTimestamp(), patience));
        }
    }

    /// <summary>Marks the step as running; false when it runs already, so the command is a duplicate.</summary>
    public bool TryStart(string key)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(key, out var slot) && slot.State == SlotState.Running)
                return false;
            _slots[key] = (SlotState.Running, time.GetTimestamp(), TimeSpan.MaxValue);
            return true;
        }
    }

    /// <summary>Keeps the slot for the continuation that was just sent.</summary>
    public void Continue(string key) => Set(key, SlotState.Sent, patience);

    /// <summary>Leaves the step alone for a while: exceptions need a pause or a person, not a hundred tries a minute.</summary>
    public void Fault(string key) => Set(key, SlotState.Faulted, FaultPause);

    /// <summary>Gives the slot up.</summary>
    public void Free(string key)
    {
        lock (_gate)
            _slots.Remove(key);
    }

    private void Set(string key, SlotState state, TimeSpan duration)
    {
        lock (_gate)
            _slots[key] = (state, time.GetTimestamp(), duration);
    }

    private void ForgetOld()
    {
        // By stopwatch: a clock that is set back would keep slots for as long as it was wrong by.
        foreach (var key in _slots.Where(s => time.GetElapsedTime(s.Value.Since) >= s.Value.Duration).Select(s => s.Key).ToList())
            _slots.Remove(key);
    }
}
