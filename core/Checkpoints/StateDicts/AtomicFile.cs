namespace SparsePipeline.Checkpoints;

/// <summary>Makes a finished temporary file visible under its name: all of it or nothing, also across a power cut.</summary>
internal static class AtomicFile
{
    public static void Publish(string temporary, string path)
    {
        using (var handle = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(handle);
        File.Move(temporary, path, overwrite: true);
    }
}
