namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>Waits for what another process will bring about; the limit only ends a test that would hang.</summary>
internal static class Eventually
{
    /// <summary>Far more than anything here takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<T> GetAsync<T>(Func<Task<T>> read, Func<T, bool> satisfies)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Limit);
        while (true)
        {
            var value = await read().WaitAsync(end.Token);
            if (satisfies(value))
                return value;
            await Task.Delay(50, end.Token);
        }
    }
}
