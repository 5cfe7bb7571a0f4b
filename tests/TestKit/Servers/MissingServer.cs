using Xunit;

namespace SparsePipeline.TestKit.Servers;

/// <summary>What a test does when the server it needs cannot be had.</summary>
public static class MissingServer
{
    /// <summary>Skips the test, telling why; with <c>CI=true</c> it fails instead, so that nobody takes a skipped suite for a passed one.</summary>
    /// <param name="reason">What is missing and how to get it.</param>
    public static void Skip(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
