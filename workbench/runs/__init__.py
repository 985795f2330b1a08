"""The Evaluate and Compare tabs' server side: runs replayed, viewed and compared."""
