<?php

// The service providers: IDP_HOME/sp/*.xml as they stand, and over them the options in the file *.json of the same name.

use SimpleSAML\Metadata\SAMLParser;

foreach (glob(getenv('IDP_HOME') . '/sp/*.xml') as $file) {
    $options = json_decode(file_get_contents(preg_replace('/xml$/', 'json', $file)), true);
    foreach (SAMLParser::parseDescriptorsFile($file) as $entityId => $descriptor) {
        $stated = $descriptor->getMetadata20SP();
        unset($stated['entityDescriptor']);
        $metadata[$entityId] = array_merge($stated, $options);
    }
}
