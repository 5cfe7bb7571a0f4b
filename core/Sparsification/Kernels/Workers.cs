using System.Runtime.ExceptionServices;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Runs chunks on several threads. Whatever needs an order is put in order afterwards, by chunk index.</summary>
internal static class Workers
{
    /// <param name="chunks">The work.</param>
    /// <param name="threads">Most threads at a time.</param>
    /// <param name="scratch">Makes what one thread needs for itself.</param>
    /// <param name="work">Does one chunk.</param>
    /// <param name="collect">Takes over what a thread gathered; one call at a time, in no particular order.</param>
    public static void Run<T>(Chunk[] chunks, int threads, Func<T> scratch, Action<Chunk, T> work, Action<T>? collect = null) =>
        RunIndexed(chunks, threads, scratch, (index, local) => work(chunks[index], local), collect);

    /// <summary>As the other, but <paramref name="work"/> gets the index of the chunk so that it can leave its result there.</summary>
    public static void RunIndexed<T>(Chunk[] chunks, int threads, Func<T> scratch, Action<int, T> work, Action<T>? collect = null)
    {
        var gate = new Lock();
        try
        {
            Parallel.For(0, chunks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, scratch, Step, Finish);
        }
        catch (AggregateException failures)
        {
            // One failure says enough, and callers expect it without the wrapping.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        T Step(int index, ParallelLoopState state, T local)
        {
            work(index, local);
            return local;
        }

        void Finish(T local)
        {
            lock (gate)
                collect?.Invoke(local);
        }
    }
}
