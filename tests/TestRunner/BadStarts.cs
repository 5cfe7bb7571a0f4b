namespace SparsePipeline.TestRunner;

/// <summary>Ways a runner can fail before it is ready.</summary>
internal static class BadStarts
{
    public static void Run(string mode)
    {
        switch (mode)
        {
            case "exit":
                Console.Error.WriteLine("no such library");
                Environment.Exit(3);
                break;
            case "old":
                Console.WriteLine("""{"type":"ready","version":0}""");
                Thread.Sleep(Timeout.Infinite);
                break;
            case "silent":
                Thread.Sleep(Timeout.Infinite);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "Unknown start.");
        }
    }
}
