namespace Orleans.Embedded.Tests;

internal interface ICounterObserver : IGrainObserver
{
    Task Heard(string line);

    void HeardLater(string line);
}
