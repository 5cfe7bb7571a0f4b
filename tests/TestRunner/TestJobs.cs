using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Runner;

namespace SparsePipeline.TestRunner;

/// <summary>Jobs that do everything a real one may do to its process.</summary>
internal static class TestJobs
{
    public static IServiceCollection AddTestJobs(this IServiceCollection services)
    {
        Add("echo", (text, _, _) => Task.FromResult(text));
        Add("pid", (_, _, _) => Task.FromResult(Environment.ProcessId.ToString()));
        Add("environment", (text, _, _) => Task.FromResult(Environment.GetEnvironmentVariable(text) ?? ""));
        Add("count", Count);
        Add("print", Print);
        Add("refuse", (text, _, _) => throw new DomainException(FailureCodes.ShapeMismatch, text, "Change it."));
        Add("throw", (text, _, _) => throw new InvalidOperationException(text));
        Add("outage", (text, _, _) => throw new StoreUnavailableException(text, "Wait.", new IOException("refused")));
        Add("abort", Abort);
        Add("exit", (text, _, _) => throw Exit(int.Parse(text)));
        Add("wait", Wait);
        Add("hang", Hang);
        Add("spin", Spin);
        Add("nest", NestedPool.RunAsync);
        return services;

        void Add(string name, Func<string, IProgress<RunnerProgress>, CancellationToken, Task<string>> run) =>
            services.AddSingleton<IRunnerJob>(new TestJob(name, run));
    }

    private static Task<string> Count(string text, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var count = int.Parse(text);
        for (var i = 1; i <= count; i++)
            progress.Report(new RunnerProgress((double)i / count, $"{i}/{count}", ResumePoint: null, Seconds: i));
        return Task.FromResult(text);
    }

    private static Task<string> Print(string text, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        Console.WriteLine(text);
        Native.Write(1, Encoding.UTF8.GetBytes(text + "\n"), text.Length + 1);
        return Task.FromResult("printed");
    }

    private static Task<string> Abort(string text, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(text);
        Native.Abort();
        return Task.FromResult("unreachable");
    }

    private static InvalidOperationException Exit(int code)
    {
        Environment.Exit(code);
        return new InvalidOperationException("unreachable");
    }

    private static async Task<string> Wait(string text, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new RunnerProgress(0, Environment.ProcessId.ToString(), ResumePoint: null, Seconds: 0));
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return text;
    }

    // Computes without a word, for a given number of seconds of compute time.
    private static Task<string> Spin(string text, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var until = Environment.CpuUsage.TotalTime + TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
        while (Environment.CpuUsage.TotalTime < until)
            Thread.SpinWait(1000);
        return Task.FromResult("spun");
    }

    private static Task<string> Hang(string text, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new RunnerProgress(0, Environment.ProcessId.ToString(), ResumePoint: null, Seconds: 0));
        Thread.Sleep(Timeout.Infinite);
        return Task.FromResult(text);
    }
}
